"""A board of cards in columns, to group and order by mouse and by keys alike.

Keys: arrows walk · Ctrl+arrows carry the card in hand to another place (at the head of a column: the column) · Space
marks · Enter opens. Other keys go out as `keyed`. Up from the highest card leads to the head of its column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.card_spots import Card, Head, Spot
from workbench.widgets.card_values import BoardColumn

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTH, EDGE = 217, 28


class Column(QFrame):
    """A head, cards, and room below them."""

    def __init__(self, shown: BoardColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.key, self.head = shown.key, Head(shown.key, shown.title, len(shown.cards), shown.detail)
        self.cards = [Card(card) for card in shown.cards]
        self.setProperty("role", "surface")
        self.setFixedWidth(px(WIDTH))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(6), px(8), px(8))
        box.setSpacing(px(6))
        box.addWidget(self.head)
        for card in self.cards:
            box.addWidget(card)
        if not self.cards:
            hint = QLabel(_("Drag patterns here, or press Ctrl+→ on a card.") if shown.key else _("Everything has a "
                                                                                                 "theme."))
            hint.setProperty("role", "quiet")
            hint.setWordWrap(True)
            box.addWidget(hint)
        box.addStretch(1)

    def place_at(self, y: int, without: int) -> int:
        """At which place, among the cards other than `without`, something at this height would fall."""
        return sum(1 for card in self.cards if card.key != without and card.geometry().center().y() < y)

    def line_at(self, at: int, without: int) -> QRect:
        """Where the line is that shows a place."""
        others = [card for card in self.cards if card.key != without]
        last = others[-1].geometry().bottom() + theme().px(2) if others else self.head.geometry().bottom()
        y = others[at].geometry().top() - theme().px(4) if at < len(others) else last
        return QRect(theme().px(8), y, self.width() - theme().px(16), theme().px(3))


class _Mark(QWidget):
    """The line that shows where what is carried would fall."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme().tokens.accent))


class CardBoard(QScrollArea):
    """`chosen(card)` when a card is taken in hand, `opened(card)` by Enter or a double click, `headOpened(column)`,
    `moved(card, column, place)`, `columnMoved(column, place)`, `keyed(key, card, column)` for other keys (card 0 at a
    head), `dropped(card, QMimeData)`."""

    chosen = Signal(int)
    opened = Signal(int)
    headOpened = Signal(int)
    moved = Signal(int, int, int)
    columnMoved = Signal(int, int)
    keyed = Signal(int, int, int)
    dropped = Signal(int, object)
    marksChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: list[Column] = []
        self._shown: tuple[BoardColumn, ...] = ()
        self._marked: set[int] = set()
        self._current: tuple[int, int] = (0, 0)
        self._ghost: QLabel | None = None
        self._is_building = False
        self._carried: Card | None = None
        self._page, self._line = QWidget(), _Mark()
        self._page.setObjectName("page")
        self._row = QHBoxLayout(self._page)
        self._row.setContentsMargins(0, 0, 0, theme().px(4))
        self._row.setSpacing(theme().px(8))
        self._line.setParent(self._page)
        self._line.hide()
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerWidget(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Board of patterns"))
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        shown, self._shown = self._shown, ()
        self.show_columns(shown)

    # what is shown

    def show_columns(self, shown: Sequence[BoardColumn]) -> None:
        """Show columns with cards; the card in hand stays in hand, wherever it stands now."""
        if tuple(shown) == self._shown:
            return
        had_focus = self._focused() is not None
        self._shown = tuple(shown)
        self._drop_carried()
        # What is taken away hands its focus on to a neighbour, which is not what was chosen.
        self._is_building = True
        for old in self.columns:
            old.hide()
            old.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self.columns = [Column(one) for one in shown]
        for column in self.columns:
            self._row.addWidget(column)
            column.show()  # now, so that it has its place when something in it is taken in hand
            for spot in (column.head, *column.cards):
                self._connect(spot)
        self._is_building = False
        self._row.addStretch(1)
        self._marked &= {card.key for card in self.cards()}
        self._show_marks()
        self._page.adjustSize()
        self._keep_current(had_focus)

    def _connect(self, spot: Spot) -> None:
        spot.focused.connect(self._take)
        spot.pressed.connect(self._key)
        spot.opened.connect(self._open)
        if isinstance(spot, Card):
            spot.dragged.connect(self._drag)
            spot.released.connect(self._release)
            spot.dropped.connect(lambda data, key=spot.key: self.dropped.emit(key, data))

    def _keep_current(self, had_focus: bool) -> None:
        column, card = self._current
        found = self.spot(column, card) if card else None
        found = found or next((one for one in self.cards() if one.key == card), None)
        if found is None and had_focus:
            heads = [one.head for one in self.columns if one.key == column]
            found = heads[0] if heads and not card else next(self.cards(), None)
        if had_focus and found is not None:
            found.setFocus()
        elif isinstance(found, Card):
            self._current = (self._column_of(found).key, found.key)

    def cards(self) -> Iterator[Card]:
        """All cards, column by column."""
        return (card for column in self.columns for card in column.cards)

    def card(self, key: int) -> Card | None:
        """The card with this key."""
        return next((card for card in self.cards() if card.key == key), None)

    def spot(self, column: int, card: int) -> Spot | None:
        """A card of a column, or (card 0) its head."""
        for one in self.columns:
            if one.key == column:
                return next((c for c in one.cards if c.key == card), None) if card else one.head
        return None

    def current(self) -> int:
        """The card in hand; 0 when there is none."""
        return self._current[1] if self.card(self._current[1]) is not None else 0

    def current_column(self) -> int:
        """The column of what is in hand."""
        return self._current[0] if any(one.key == self._current[0] for one in self.columns) else 0

    def choose(self, key: int, with_focus: bool = True) -> None:
        """Take a card in hand."""
        found = self.card(key)
        if found is not None:
            self._take(found)
        if found is not None and with_focus:
            found.setFocus()

    def take_column(self, key: int) -> None:
        """Take the head of a column in hand and bring it into sight."""
        head = self.spot(key, 0)
        if head is not None:
            self._take(head)
            head.setFocus()

    def focus_first(self) -> None:
        """Bring the focus to the card in hand, else the first, else the first head."""
        found: Spot | None = self.card(self._current[1]) or next(self.cards(), None)
        if found is None and self.columns:
            found = self.columns[0].head
        if found is not None:
            found.setFocus()

    def marked(self) -> list[int]:
        """The cards that are marked, in order of the board."""
        return [card.key for card in self.cards() if card.key in self._marked]

    def clear_marks(self) -> None:
        """Mark nothing."""
        self._marked.clear()
        self._show_marks()

    def toggle_mark(self, key: int) -> None:
        """Mark a card, or take the mark off."""
        self._marked ^= {key}
        self._show_marks()

    def _show_marks(self) -> None:
        for card in self.cards():
            card.set_state(card.key in self._marked, card.key == self._current[1])
        self.marksChanged.emit()

    def _focused(self) -> Spot | None:
        return next((spot for column in self.columns for spot in (column.head, *column.cards) if spot.hasFocus()), None)

    def _column_of(self, spot: Spot) -> Column:
        return next(column for column in self.columns if spot is column.head or spot in column.cards)

    # keys

    def _take(self, spot: Spot) -> None:
        if self._is_building or not any(spot is column.head or spot in column.cards for column in self.columns):
            return
        before, self._current = self._current, (self._column_of(spot).key, spot.key if isinstance(spot, Card) else 0)
        for card in self.cards():
            card.set_state(card.key in self._marked, card is spot)
        self._lay_out()
        self.ensureWidgetVisible(spot, theme().px(12), theme().px(12))
        if isinstance(spot, Card) and spot.key != before[1]:
            self.chosen.emit(spot.key)

    def _lay_out(self) -> None:
        """Give columns that were made just now their place; costs nothing when all have it."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _open(self, spot: Spot) -> None:
        if isinstance(spot, Card):
            self.opened.emit(spot.key)
        else:
            self.headOpened.emit(spot.key)

    def _key(self, spot: Spot, event: QKeyEvent) -> None:
        event.accept()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        way = ARROWS.get(Qt.Key(event.key()))
        if way is not None:
            (self._carry if control else self._walk)(spot, *way)
        elif event.key() in ENTER:
            self._open(spot)
        elif event.key() == Qt.Key.Key_Space and isinstance(spot, Card):
            self.toggle_mark(spot.key)
        elif event.key() == Qt.Key.Key_Escape and self._carried is not None:
            self._drop_carried()
        elif control or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            event.ignore()
        else:
            self.keyed.emit(event.key(), spot.key if isinstance(spot, Card) else 0, self._column_of(spot).key)

    def _walk(self, spot: Spot, dx: int, dy: int) -> None:
        column = self._column_of(spot)
        row = column.cards.index(spot) if isinstance(spot, Card) else -1
        at = self.columns.index(column) + dx
        if 0 <= at < len(self.columns):
            cards = self.columns[at].cards
            row = min(max(-1, row + dy), len(cards) - 1)
            (cards[row] if row >= 0 else self.columns[at].head).setFocus()

    def _carry(self, spot: Spot, dx: int, dy: int) -> None:
        column = self._column_of(spot)
        at = self.columns.index(column) + dx
        if not isinstance(spot, Card):
            if dx and column.key and 0 <= at < len(self.columns) and self.columns[at].key:
                self.columnMoved.emit(column.key, at)
            return
        row = column.cards.index(spot)
        if dy and 0 <= row + dy < len(column.cards):
            self.moved.emit(spot.key, column.key, row + dy)
        elif dx and 0 <= at < len(self.columns):
            self.moved.emit(spot.key, self.columns[at].key, min(row, len(self.columns[at].cards)))

    # dragging

    def _drag(self, card: Card, where: QPoint) -> None:
        if self._carried is None:
            self._carried, self._ghost = card, QLabel(self.viewport())
            self._ghost.setPixmap(card.grab())
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.setEnabled(False)
            self._ghost.show()
        assert self._ghost is not None
        at = self.viewport().mapFromGlobal(where)
        self._ghost.move(at.x() - theme().px(20), at.y() - theme().px(12))
        self._scroll_at(at)
        target = self._target(where, card.key)
        self._line.setVisible(target is not None)
        if target is not None:
            column, place = target
            self._line.setGeometry(column.line_at(place, card.key).translated(column.pos()))
            self._line.raise_()

    def _scroll_at(self, at: QPoint) -> None:
        edge = theme().px(EDGE)
        for value, length, bar in ((at.x(), self.viewport().width(), self.horizontalScrollBar()),
                                   (at.y(), self.viewport().height(), self.verticalScrollBar())):
            step = -edge if value < edge else edge if value > length - edge else 0
            bar.setValue(bar.value() + step)

    def _target(self, where: QPoint, card: int) -> tuple[Column, int] | None:
        at = self._page.mapFromGlobal(where)
        for column in self.columns:
            if column.geometry().contains(at):
                return column, column.place_at(at.y() - column.y(), card)
        return None

    def _release(self, card: Card, where: QPoint) -> None:
        if self._carried is None:
            return
        target = self._target(where, card.key)
        self._drop_carried()
        if target is not None:
            column, place = target
            standing = self._column_of(card)
            if column is not standing or place != standing.cards.index(card):
                self.moved.emit(card.key, column.key, place)

    def _drop_carried(self) -> None:
        self._carried = None
        self._line.hide()
        if self._ghost is not None:
            self._ghost.deleteLater()
            self._ghost = None
