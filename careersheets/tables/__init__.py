"""From cells to typed tables: headers matched, values parsed, people and levels resolved, nothing dropped silently."""
