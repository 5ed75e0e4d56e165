"""The codebooks that ship, as data files in this folder."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from codebook import codebook_files

_FOLDER = Path(str(resources.files(__name__)))


def names() -> list[str]:
    """The names of the shipped codebooks."""
    return sorted(p.stem for p in _FOLDER.glob("*.csv"))


def labels() -> set[str]:
    """What the codes of the shipped codebooks are called: words of the method (Outcome), never somebody's name."""
    return {row.label for name in names() for row in read(name)}


def read(name: str) -> list[codebook_files.CodeRow]:
    """The codes of a shipped codebook."""
    return codebook_files.read(_FOLDER / f"{name}.csv")
