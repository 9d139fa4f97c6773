"""What each sheet of the master workbook holds: the single source for templates, reading, checks, tabs and docs."""
