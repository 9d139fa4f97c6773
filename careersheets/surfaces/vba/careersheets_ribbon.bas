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

Public Sub PrepareConversations(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('PrepareConversations')"
End Sub

Public Sub PrepareConversationsForSelection(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('PrepareConversationsForSelection')"
End Sub

Public Sub ConversationSummaries(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('ConversationSummaries')"
End Sub

Public Sub ConversationSummariesForSelection(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('ConversationSummariesForSelection')"
End Sub

Public Sub MakeDevelopmentPlans(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MakeDevelopmentPlans')"
End Sub

Public Sub MakeDevelopmentPlansForSelection(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MakeDevelopmentPlansForSelection')"
End Sub

Public Sub MakeWholePack(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePack')"
End Sub

Public Sub MakeWholePackForSelection(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePackForSelection')"
End Sub

Public Sub MakeWholePackForManagers(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MakeWholePackForManagers')"
End Sub

Public Sub ReleaseEvaluations(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('ReleaseEvaluations')"
End Sub

Public Sub SendDocuments(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('SendDocuments')"
End Sub

Public Sub SplitScorecards(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('SplitScorecards')"
End Sub

Public Sub MergeScorecards(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('MergeScorecards')"
End Sub

Public Sub CollectForms(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('CollectForms')"
End Sub

Public Sub ThisWeek(control As IRibbonControl)
    RunPython "from careersheets.surfaces.macros import press; press('ThisWeek')"
End Sub

Public Sub StopRun(control As IRibbonControl)
    Application.StatusBar = "careersheets: stop"
End Sub
