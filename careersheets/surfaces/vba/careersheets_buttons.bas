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

Public Sub PrepareConversations()
    RunPython "from careersheets.surfaces.macros import press; press('PrepareConversations')"
End Sub

Public Sub PrepareConversationsForSelection()
    RunPython "from careersheets.surfaces.macros import press; press('PrepareConversationsForSelection')"
End Sub

Public Sub ConversationSummaries()
    RunPython "from careersheets.surfaces.macros import press; press('ConversationSummaries')"
End Sub

Public Sub ConversationSummariesForSelection()
    RunPython "from careersheets.surfaces.macros import press; press('ConversationSummariesForSelection')"
End Sub

Public Sub MakeDevelopmentPlans()
    RunPython "from careersheets.surfaces.macros import press; press('MakeDevelopmentPlans')"
End Sub

Public Sub MakeDevelopmentPlansForSelection()
    RunPython "from careersheets.surfaces.macros import press; press('MakeDevelopmentPlansForSelection')"
End Sub

Public Sub MakeWholePack()
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePack')"
End Sub

Public Sub MakeWholePackForSelection()
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePackForSelection')"
End Sub

Public Sub MakeWholePackForManagers()
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePackForManagers')"
End Sub

Public Sub ReleaseEvaluations()
    RunPython "from careersheets.surfaces.macros import press; press('ReleaseEvaluations')"
End Sub

Public Sub SendDocuments()
    RunPython "from careersheets.surfaces.macros import press; press('SendDocuments')"
End Sub

Public Sub SplitScorecards()
    RunPython "from careersheets.surfaces.macros import press; press('SplitScorecards')"
End Sub

Public Sub MergeScorecards()
    RunPython "from careersheets.surfaces.macros import press; press('MergeScorecards')"
End Sub

Public Sub CollectForms()
    RunPython "from careersheets.surfaces.macros import press; press('CollectForms')"
End Sub

Public Sub ThisWeek()
    RunPython "from careersheets.surfaces.macros import press; press('ThisWeek')"
End Sub

Public Sub StopRun()
    Application.StatusBar = "careersheets: stop"
End Sub
