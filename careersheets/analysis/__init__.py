"""What the tables say about people: gaps, readiness, change. Frames in, frames out; nothing is read or written here."""
