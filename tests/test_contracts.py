"""What the import checker cannot say: panels stay apart, and the command line starts without a window system."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PANELS = Path(__file__).parents[1] / "workbench" / "panels"
PAGES_OF_QUESTIONS = ("grid", "tables", "pictures")
PAGES_OF_TOGETHER = ("team", "agreement", "practice", "trail")
START = """
import sys
from workbench.cli.main import build_parser
build_parser()
print(*sorted({name.split(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""
SLOW = ("PySide6", "shiboken6", "pandas", "openpyxl", "spacy", "matplotlib", "psycopg", "alembic", "docx", "pypdfium2")


def area(module: str) -> str:
    """The place in the window that a panel's file belongs to: `coding_keys` → `coding`; the pages of Vragen are one,
    and those of coding together."""
    first = module.split("_")[0]
    return "questions" if first in PAGES_OF_QUESTIONS else "together" if first in PAGES_OF_TOGETHER else first


def imported(path: Path) -> Iterator[str]:
    """The modules of `workbench.panels` that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "workbench.panels":
            names = [f"workbench.panels.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name.split(".")[2] for name in names if name.startswith("workbench.panels."))


def test_panels_do_not_import_each_other() -> None:
    crossing = {f"{path.stem} → {other}" for path in PANELS.glob("*.py") for other in imported(path)
                if area(other) != area(path.stem)}
    assert crossing == set()


def test_the_command_line_starts_without_qt() -> None:
    made = subprocess.run([sys.executable, "-c", START, *SLOW], capture_output=True, text=True, check=True)
    assert made.stdout.split() == []
