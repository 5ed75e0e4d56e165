"""The board of CMO configurations: cards, threads, editors in place."""
