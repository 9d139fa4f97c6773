"""What was done, by whom and from what: append-only, chained, and one person can be exported and erased."""
