"""What is wrong in the tables: one module per concept, each rule with a code that never changes."""
