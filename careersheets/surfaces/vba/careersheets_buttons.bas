Option Explicit
' The buttons of the workbook. Written by scripts/build_macro_workbooks.py from careersheets/surfaces/buttons.py.

Public Sub CheckScores()
    RunPython "from careersheets.surfaces.macros import press; press('CheckScores')"
End Sub

Public Sub GenerateGapReports()
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReports')"
End Sub

Public Sub GenerateGapReportsForSelection()
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReportsForSelection')"
End Sub

Public Sub GenerateGapReportsForManagers()
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReportsForManagers')"
End Sub

Public Sub SplitScorecards()
    RunPython "from careersheets.surfaces.macros import press; press('SplitScorecards')"
End Sub

Public Sub MergeScorecards()
    RunPython "from careersheets.surfaces.macros import press; press('MergeScorecards')"
End Sub

Public Sub StopRun()
    Application.StatusBar = "careersheets: stop"
End Sub
