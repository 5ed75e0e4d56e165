"""The one stylesheet of the window, written from the tokens."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from string import Template

from workbench.tokens import DARK, Tokens

SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#place { background: $ground; }
QLabel[role="title"] { font-size: ${f18}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${f15}px; font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="ok"] { color: $ok; }
QFrame[role="card"] { background: $raised; border: 1px solid $line; border-radius: ${p8}px; }
QFrame[role="surface"] { background: $surface; border: 1px solid $line; border-radius: ${p8}px; }
QFrame[role="rail"] { border: none; border-right: 1px solid $line; }
QFrame[role="line"] { background: $line; max-height: 1px; border: none; }

QPushButton, QToolButton { background: $raised; border: 1px solid $edge; border-radius: ${p6}px;
    padding: ${p5}px ${p12}px; min-height: ${p18}px; }
QToolButton { padding: ${p4}px ${p8}px; }
QPushButton:hover, QToolButton:hover { background: $accent_tint; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:checked, QToolButton:checked { background: $accent_tint; border-color: $accent; color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; border-color: $line; background: $ground; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: ${p4}px ${p11}px; }
QToolButton:focus { padding: ${p3}px ${p7}px; }
QPushButton[role="primary"], QPushButton:default { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled {
    background: $line; color: $disabled; border-color: $line; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent; border: 1px solid transparent; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $accent_tint; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 2px solid $focus; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; text-align: left;
    padding: ${p2}px ${p4}px; font-weight: 600; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 2px solid $focus; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox { background: $surface;
    border: 1px solid $edge; border-radius: ${p6}px; padding: ${p4}px ${p8}px; selection-background-color: $selection;
    selection-color: $on_selection; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus { border: 2px solid $focus;
    padding: ${p3}px ${p7}px; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus { border: none; padding: 0 ${p6}px;
    background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 0; }
QLineEdit:disabled, QComboBox:disabled { color: $disabled; border-color: $line; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url("$arrow"); width: ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; selection-background-color: $accent_tint;
    selection-color: $text; }

QAbstractItemView { background: $surface; alternate-background-color: $ground; border: 1px solid $line;
    border-radius: ${p6}px; gridline-color: $line; outline: none; selection-background-color: $selection;
    selection-color: $on_selection; }
QAbstractItemView:focus { border: 1px solid $focus; }
QListView::item, QTreeView::item { padding: ${p4}px ${p6}px; border-radius: ${p4}px; }
QListView::item:hover, QTreeView::item:hover { background: $accent_tint; }
QListView::item:selected, QTreeView::item:selected { background: $selection; color: $on_selection; }
QTableView::item { padding: 0 ${p5}px; }
QHeaderView { background: $ground; border: none; }
QHeaderView::section { background: $ground; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: ${p4}px ${p6}px; font-weight: 600; }
QTableCornerButton::section { background: $ground; border: none; }

QMenuBar { background: $ground; border: none; padding: ${p2}px ${p4}px; }
QMenuBar::item { padding: ${p4}px ${p8}px; border-radius: ${p4}px; background: transparent; }
QMenuBar::item:selected { background: $accent_tint; }
QMenu { background: $raised; border: 1px solid $edge; padding: ${p4}px; }
QMenu::item { padding: ${p5}px ${p24}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_tint; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: ${p4}px ${p6}px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { padding: ${p6}px ${p12}px; border: none; border-bottom: 2px solid transparent; color: $quiet; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::scroller { width: ${p24}px; }
QTabBar QToolButton { padding: 0; margin: 0; border-radius: 0; }
QTabBar QToolButton::left-arrow { image: url("$left"); width: ${p12}px; height: ${p12}px; }
QTabBar QToolButton::right-arrow { image: url("$right"); width: ${p12}px; height: ${p12}px; }
QTabBar::tab:focus { color: $accent; }

QCheckBox::indicator, QTableView::indicator, QTreeView::indicator, QListView::indicator { width: ${p14}px;
    height: ${p14}px; border: 1px solid $edge; border-radius: ${p3}px; background: $surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked,
    QListView::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate { background: $accent; border-color: $accent;
    image: url("$part"); }
QCheckBox::indicator:disabled, QTableView::indicator:disabled { border-color: $disabled; }
QRadioButton::indicator { width: ${p14}px; height: ${p14}px; border: 1px solid $edge; border-radius: ${p8}px;
    background: $surface; }
QRadioButton::indicator:checked { border: ${p5}px solid $accent; width: ${p6}px; height: ${p6}px; }
QRadioButton::indicator:disabled { border-color: $disabled; }
QCheckBox, QRadioButton { spacing: ${p8}px; padding: ${p2}px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; border-radius: ${p4}px; padding: 0; }
QGroupBox { border: 1px solid $line; border-radius: ${p8}px; margin-top: ${p12}px; padding: ${p8}px; }
QGroupBox::title { subcontrol-origin: margin; left: ${p8}px; padding: 0 ${p4}px; font-weight: 600; }
QProgressBar { background: $line; border: none; border-radius: ${p3}px; max-height: ${p6}px; min-height: ${p6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $accent_tint; }
QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: ${p4}px; margin: ${p2}px; }
QScrollBar::handle:vertical { min-height: ${p24}px; }
QScrollBar::handle:horizontal { min-width: ${p24}px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
    border: none; width: 0; height: 0; }
""")

LENGTHS = (2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 18, 20, 24)


def stylesheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """The sheet for one palette at one zoom; `px` scales the design's lengths."""
    lengths = {f"p{n}": str(px(n)) for n in LENGTHS}
    sizes = {"f18": str(px(21)), "f15": str(px(16))}
    colours = {
        name: getattr(tokens, name)
        for name in ("text", "quiet", "disabled", "ground", "surface", "raised", "line", "edge", "accent",
                     "accent_tint", "on_accent", "focus", "selection", "on_selection", "danger", "ok")
    }
    hover = mixed(tokens.accent, tokens.text, 0.18)
    return SHEET.substitute(**colours, **lengths, **sizes, accent_hover=hover, arrow=drawn("down", tokens),
                            check=drawn("check", tokens), part=drawn("part", tokens), left=drawn("left", tokens),
                            right=drawn("right", tokens))


def drawn(what: str, tokens: Tokens) -> str:
    """The file of a small drawing in the ink of a palette: a sheet cannot colour a drawing itself."""
    name = f"{what}-{'dark' if tokens is DARK else 'light'}.svg"
    return Path(str(resources.files("workbench") / "icons" / "sheet" / name)).as_posix()


def mixed(one: str, other: str, share: float) -> str:
    """The colour that has `share` of `other` in it."""
    pairs = ((int(one[i:i + 2], 16), int(other[i:i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
