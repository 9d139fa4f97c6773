"""Where cells come from and go back to: workbook files, a live Excel, a Google Sheet."""
