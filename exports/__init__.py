"""The way out: tables, Excel. Knows other programs' files."""
