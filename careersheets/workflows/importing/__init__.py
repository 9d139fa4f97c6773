"""Bringing in what HR already has: a framework, a skills matrix, an export of the HR system."""
