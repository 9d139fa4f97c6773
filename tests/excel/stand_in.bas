Option Explicit
' Stands in for xlwings in a test, where no Excel is: hands the command to a program, waits, and shows what it found.
Public Function RunPython(PythonCommand As String)
    Dim f As Integer
    Dim begun As Double
    Dim line As String
    Dim cells() As String
    Dim row As Long
    Dim column As Long
    Dim sheet As Object
    f = FreeFile
    Open Environ("CAREERSHEETS_COMMAND") For Output As #f
    Print #f, PythonCommand
    Close #f
    Shell Environ("CAREERSHEETS_STAND_IN"), 0
    begun = Timer
    Do While Dir(Environ("CAREERSHEETS_RESULT")) = "" And Timer - begun < 80
        DoEvents
    Loop
    Set sheet = ThisWorkbook.Worksheets("To fix")
    sheet.Unprotect
    row = 6
    f = FreeFile
    Open Environ("CAREERSHEETS_RESULT") For Input As #f
    Do While Not EOF(f)
        Line Input #f, line
        cells = Split(line, vbTab)
        For column = 0 To UBound(cells)
            sheet.Cells(row, 2 + column).Value = cells(column)
        Next column
        row = row + 1
    Loop
    Close #f
    sheet.Activate
End Function
