"""Search or do: one field that finds documents, codes, questions, actions and help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.icons import icon
from workbench.theme import theme
from workbench.widgets.facet_values import folded

MOST = 40
LETTERS = 100
"""From here on only the letters answer, not a whole word."""


@dataclass(frozen=True)
class PaletteItem:
    """Something that can be found: its text, the kind shown behind it ("code", "document"), what choosing it does;
    `also` has other words that somebody may type for it."""

    text: str
    kind: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    also: str = ""


Provider = Callable[[str], Iterable[PaletteItem]]


def fuzzy_score(text: str, typed: str) -> int | None:
    """How well a text answers what was typed, lower is better; None when its letters do not occur in this
    order.

    Both must be folded. The letters that lie between the first and the last hit count against it, a hit at
    the beginning of a word counts for it.
    """
    found = text.find(typed)
    if found >= 0:
        return found if found == 0 or not text[found - 1].isalnum() else 20 + found
    at, first = -1, -1
    for letter in typed.replace(" ", ""):
        at = text.find(letter, at + 1)
        if at < 0:
            return None
        first = at if first < 0 else first
    return LETTERS + first + (at - first)


def score_of(item: PaletteItem, typed: str) -> int | None:
    """How well an item answers: by its text, by the words typed in any order, by its other words, or by letters."""
    text = folded(item.text)
    if text == typed:
        return -1
    found = fuzzy_score(text, typed)
    if found is not None and found < LETTERS:
        return found
    words = typed.split()
    for score, within in ((50, text), (70, f"{text} {folded(item.also)}")):
        if words and all(word in within for word in words):
            return score
    return found


class CommandPalette(QFrame):
    """A panel over the window, opened by Ctrl+K. Providers are asked at every letter and may be asked for
    `""`, which means: what one would most likely want."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._providers: list[Provider] = []
        self._items: list[PaletteItem] = []
        self._over = parent
        self._before: QWidget | None = None
        self._field, self._list = QLineEdit(), QListWidget()
        self._prepare()
        self.hide()

    def _prepare(self) -> None:
        px = theme().px
        self.setProperty("role", "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(8), px(8), px(8))
        box.addWidget(self._field)
        box.addWidget(self._list, 1)
        self._field.setPlaceholderText(_("Search or do…"))
        self._field.setAccessibleName(_("Search or do"))
        self._list.setAccessibleName(_("Found"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setIconSize(QSize(px(18), px(18)))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(lambda entry: self._choose(self._list.row(entry)))

    def add_provider(self, provider: Provider) -> None:
        """`provider(typed)` yields items; the palette filters and orders them by itself."""
        self._providers.append(provider)

    def open(self) -> None:
        """Show the palette in the upper middle of the window."""
        window = self._over
        self._before = window.window().focusWidget()
        width = min(theme().px(640), window.width() - theme().px(48))
        self.setFixedWidth(width)
        self.move(QPoint((window.width() - width) // 2, theme().px(48)))
        self._field.clear()
        self._search("")
        self.show()
        self.raise_()
        self._field.setFocus()

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def _search(self, typed: str) -> None:
        wanted = folded(typed.strip())
        scored = []
        for order, item in enumerate(i for provider in self._providers for i in provider(typed)):
            score = score_of(item, wanted)
            if score is not None:
                scored.append((score if wanted else 0, order, item))
        scored.sort(key=lambda entry: entry[:2])
        self._items = [item for _score, _order, item in scored[:MOST]]
        self._fill()

    def _fill(self) -> None:
        self._list.clear()
        for item in self._items:
            keys = f"   {item.keys}" if item.keys else ""
            entry = QListWidgetItem(f"{item.text}   ·  {item.kind}{keys}")
            if item.icon:
                entry.setIcon(icon(item.icon))
            self._list.addItem(entry)
        if not self._items:
            nothing = QListWidgetItem(_("Nothing found. Try another word."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)
        line = max(self._list.sizeHintForRow(0), theme().px(24))
        room = min(theme().px(420), self._over.height() - theme().px(120))
        self._list.setFixedHeight(min(room, self._list.count() * line + theme().px(8)))
        self.adjustSize()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._items):
            self.close_palette()
            self._items[row].run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(self.window().focusWidget() or self):
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        return self._handle_key(event.key())

    def _handle_key(self, key: int) -> bool:
        last, here = self._list.count() - 1, self._list.currentRow()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.setCurrentRow(min(last, max(0, here + (1 if key == Qt.Key.Key_Down else -1))))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(here)
        else:
            return False
        return True
