"""Thin doors to the workflows: the command line, the buttons of the workbook, the functions of its cells."""
