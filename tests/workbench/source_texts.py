"""The texts that the source code shows to people, collected from its syntax trees."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpora import errors
from corpora.messages import ROOMS

ROOT = Path(__file__).parents[2]
SHOWING = {"_", "message", "Message", "translate", "translator"}
ERRORS = {name for name, kind in vars(errors).items()
          if isinstance(kind, type) and issubclass(kind, errors.NarratiefError)} | {"LanguageDataError", "ExportError"}
OWN_FAULTS = {name for name, kind in vars(builtins).items()
              if isinstance(kind, type) and issubclass(kind, BaseException)}
VISIBLE = {"setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setTitle",
           "setAccessibleDescription", "setStatusTip", "setWhatsThis", "setHeaderLabels", "setHorizontalHeaderLabels",
           "setTabText", "setLabelText", "setInformativeText", "setSuffix", "setPrefix", "setSpecialValueText",
           "addAction", "addMenu", "addItem", "addItems", "addTab", "addRow", "QAction", "QMenu", "QLabel",
           "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QDockWidget", "show_message"}
TEXT_SECOND = {"addAction", "addMenu", "addTab", "QAction", "QMenu", "QPushButton", "setTabText"}
"""Here an icon or a number may stand before the text; elsewhere only the first argument is shown."""
SAME_EVERYWHERE = re.compile(r"Narratief|Esc|Enter|((Ctrl|Shift|Alt)\+)*(\w|F\d+)")
"""The program's name and the names on the keys."""

WORDS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[A-Z][^<>]* [^<>]*\{[a-z_]+\}|\{[a-z_]+\} [a-z]+ [a-z]")


@dataclass(frozen=True)
class Found:
    """A text in the source: where it stands and what it says."""

    where: str
    text: str


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    """Every module of the four rooms."""
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
            for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))}


def shown_texts() -> Iterator[Found]:
    """The literal templates handed to `_`, `message`, `Message` and to our error classes."""
    for name, tree in trees().items():
        for call in _calls(tree):
            if _called(call) in SHOWING | ERRORS and call.args:
                yield from (Found(f"{name}:{call.lineno}", text) for text in _literals(call.args[0]))


def sentences() -> Iterator[Found]:
    """Constants that read as a sentence with places to fill in, wherever they stand: templates kept in a table."""
    for name, tree in trees().items():
        left_out = {id(node) for node in _for_ourselves(tree)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in left_out else None
            if isinstance(text, str) and SENTENCE.match(text):
                yield Found(f"{name}:{node.lineno}", text)


def constants() -> set[str]:
    """All texts in the source."""
    return {node.value for tree in trees().values() for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def untranslated_on_screen() -> Iterator[Found]:
    """Literals with words in them that go to a widget without passing `_`."""
    for name, tree in trees().items():
        if not name.startswith("workbench"):
            continue
        for call in _calls(tree):
            if _called(call) in VISIBLE:
                shown = call.args[:2 if _called(call) in TEXT_SECOND else 1]
                for text in (text for argument in shown for text in _pieces(argument)):
                    if not SAME_EVERYWHERE.fullmatch(text) and WORDS.search(re.sub(r"<[^>]*>|&\w+;", "", text)):
                        yield Found(f"{name}:{call.lineno}", text)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _pieces(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _pieces(element)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value for part in node.values if isinstance(part, ast.Constant) and
                      isinstance(part.value, str))
    elif isinstance(node, ast.BinOp):
        yield from _pieces(node.left)
        yield from _pieces(node.right)
    else:
        yield from _literals(node)


def _for_ourselves(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, pieces of f-strings, and what our own faults (ValueError …) and the database are told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and _called(node) in OWN_FAULTS | {"text", "exec_driver_sql"}:
            yield from (below for argument in node.args for below in ast.walk(argument))
