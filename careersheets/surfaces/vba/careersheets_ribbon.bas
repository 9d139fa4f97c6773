Option Explicit
' The ribbon tab Careers. Written by scripts/build_macro_workbooks.py from careersheets/surfaces/buttons.py.

Public Sub CheckScores(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('CheckScores')"
End Sub

Public Sub GenerateGapReports(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReports')"
End Sub

Public Sub GenerateGapReportsForSelection(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReportsForSelection')"
End Sub

Public Sub GenerateGapReportsForManagers(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('GenerateGapReportsForManagers')"
End Sub

Public Sub SplitScorecards(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('SplitScorecards')"
End Sub

Public Sub MergeScorecards(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MergeScorecards')"
End Sub

Public Sub StopRun(control As IRibbonControl)
    Application.StatusBar = "careersheets: stop"
End Sub
