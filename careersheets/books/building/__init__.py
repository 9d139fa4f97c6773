"""Master workbooks, built from the vocabulary with XlsxWriter."""

from .workbook import build_workbook, draw_workbook

__all__ = ["build_workbook", "draw_workbook"]
