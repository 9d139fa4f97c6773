"""From results to finished documents: what each says, and the template that says it. Bytes out; nothing is stored here."""
