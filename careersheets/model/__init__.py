"""The nouns everything else is written in: cells, findings and errors. No input, no output."""
