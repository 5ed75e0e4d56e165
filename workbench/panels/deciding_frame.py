"""What the three walks of Verschillen share: a list at the left, the narratief with its neighbours, a side, strips."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from codebook import asking
from codebook.reading import Place, Reading
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.strips import Strip

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Item:
    """A line of the list: `text` on the screen, `spoken` for a screen reader."""

    key: Hashable
    text: str
    spoken: str = ""


class _Items(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.SizeHintRole:  # as wide as the list, whatever stands in it
            return QSize(10, theme().px(24))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.spoken or item.text
        return item.text if role == Qt.ItemDataRole.DisplayRole else None

    def fill(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()


class WalkList(QListView):
    """What is walked. `moved(key)` when another item comes in hand by arrows or mouse."""

    moved = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Items(self)
        self._filling = False
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._tell)

    def fill(self, items: Sequence[Item], current: Hashable | None) -> None:
        """Show items, one of them in hand."""
        self._filling = True
        if [item.key for item in items] == self.order() and len(items) == len(self._model.items):
            self._model.items = list(items)
            if items:
                self._model.dataChanged.emit(self._model.index(0), self._model.index(len(items) - 1))
        else:
            self._model.fill(items)
        self.bring(current)
        self._filling = False

    def order(self) -> list[Hashable]:
        """The keys in order."""
        return [item.key for item in self._model.items]

    def bring(self, key: Hashable | None) -> None:
        """Take an item in hand without telling."""
        before, self._filling = self._filling, True
        keys = self.order()
        if key in keys:
            index = self._model.index(keys.index(key))
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._filling = before

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling and now.isValid():
            self.moved.emit(self._model.items[now.row()].key)


class NarratiefText(QTextBrowser):
    """A narratief between its neighbours, which are quiet; words can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(_("The narratief with its neighbours"))
        self._shown: tuple[Place, list[tuple[int, str]]] | None = None
        self.text = ""
        theme().changed.connect(self._write)

    def show_narratief(self, reading: Reading, place: Place) -> None:
        """Show a narratief."""
        before, after = asking.neighbours(reading, place.narratief_id)
        ids = [n for n in (before, place.narratief_id, after) if n is not None]
        texts = asking.texts_of(reading, ids)
        self.text = texts[place.narratief_id]
        self._shown = (place, [(n, texts[n]) for n in ids])
        self._write()

    def clear_narratief(self) -> None:
        """Nothing is in hand."""
        self._shown, self.text = None, ""
        self.clear()

    def words(self) -> str:
        """The words selected, or those of the whole narratief."""
        chosen = self.textCursor().selectedText().replace("\u2029", "\n").strip()
        return chosen or self.text.strip()

    def _write(self) -> None:
        if self._shown is None:
            return
        place, texts = self._shown
        tokens, face, parts = theme().tokens, theme().reading_font(), []
        for number, text in texts:
            here = number == place.narratief_id
            size = face.pointSizeF() if here else face.pointSizeF() - 2
            style = (f"font-family:'{face.family()}';font-size:{size:.1f}pt;line-height:130%;margin:8px 0;"
                     f"color:{tokens.text if here else tokens.quiet}")
            words = escape(text).replace("\n", "<br>")
            mark = f"background-color:{tokens.accent_tint};" if here else ""
            parts.append('<a name="here"></a>' if here else "")
            parts.append(f'<table width="100%" cellpadding="6"><tr><td style="{mark}">'
                         f'<p style="{style}">{words}</p></td></tr></table>')
        self.setHtml("".join(parts))
        self.moveCursor(self.textCursor().MoveOperation.Start)
        self.scrollToAnchor("here")


class WalkFrame(QWidget):
    """The parts side by side. `keys(event)` of the page gets every key that list and text do not need themselves."""

    def __init__(self, name: str, keys: Callable[[QKeyEvent], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.list, self.text, self.side = WalkList(name), NarratiefText(), QWidget()
        self.head, self.notes = QLabel(), QLabel()
        self.strips: list[Strip] = []
        self.side_box, self._middle_box = QVBoxLayout(self.side), QVBoxLayout()
        self._arrange()
        for widget in (self.list, self.text):
            widget.installEventFilter(self)
        self.setFocusProxy(self.list)

    def _arrange(self) -> None:
        px, middle, split = theme().px, QWidget(), QSplitter(Qt.Orientation.Horizontal)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        middle.setLayout(self._middle_box)
        for box in (self._middle_box, self.side_box):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(px(8))
        self.head.setProperty("role", "heading")
        self.notes.setProperty("role", "danger")
        for label in (self.head, self.notes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._middle_box.addWidget(label)
        self._middle_box.addWidget(self.text, 1)
        for widget in (self.list, middle, self.side):
            split.addWidget(widget)
        split.setHandleWidth(px(12))
        split.setChildrenCollapsible(False)
        split.setSizes([px(230), px(470), px(440)])
        split.setStretchFactor(1, 1)
        outer.addWidget(split)

    def show_narratief(self, reading: Reading, place: Place, head: str, notes: Sequence[str] = ()) -> None:
        """Show a narratief; `notes` are lines above it, such as why somebody wants to discuss it."""
        self.head.setText(head)
        self.notes.setText("\n".join(f"⚑ {note}" for note in notes))
        self.notes.setVisible(bool(notes))
        self.text.show_narratief(reading, place)

    def show_nothing(self) -> None:
        """Nothing is in hand."""
        self.head.setText("")
        self.notes.hide()
        self.text.clear_narratief()

    def add_strip(self, strip: Strip) -> None:
        """A question asked below the text; when it is done with, the keys are the list's again."""
        strip.hide()
        self.strips.append(strip)
        self._middle_box.addWidget(strip)
        strip.closed.connect(self.list.setFocus)

    def close_strips(self) -> None:
        """No question stands open."""
        for strip in self.strips:
            strip.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and watched in (self.list, self.text):
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if event.type() == QEvent.Type.ShortcutOverride and plain and event.text():
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._keys(event)
        return super().eventFilter(watched, event)
