"""What the command line prints: one JSON document on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any


def say(line: str) -> None:
    """A line for the person at the keyboard."""
    print(" ".join(line.split("\n")), file=sys.stderr)


def show(document: Any) -> None:
    """One JSON document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def show_lines(rows: list[list[Any]]) -> None:
    """Rows for reading in a terminal, tab-separated on stdout."""
    for row in rows:
        sys.stdout.write("\t".join(str(cell) for cell in row) + "\n")
