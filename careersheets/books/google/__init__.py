"""A master workbook kept in Google Sheets."""
