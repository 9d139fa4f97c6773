"""Where finished documents go: a folder, a mailbox, a Drive."""
