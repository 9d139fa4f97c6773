"""What each kind of document says, as plain values a template can name."""
