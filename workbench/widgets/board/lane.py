"""A configuration on the board: its head, the thread that runs through its parts, and the cards below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from codebook.cmo_views import ConfigurationView, ElementView, LinkView
from codebook.models.realist import ELEMENT_ROLES
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.card import Card, Slot, Spot
from workbench.widgets.board.editors import Editor
from workbench.widgets.board.places import HEAD, Place
from workbench.widgets.chips import paint_form

THREAD = 20
"""The height of the strip in which the thread runs."""


class LinkButton(QPushButton):
    """A link to another configuration: a click goes there (`wanted(number)`), Del takes it off (`removed(link)`)."""

    wanted = Signal(int)
    removed = Signal(int)

    def __init__(self, link: LinkView, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.link = link
        self.setProperty("role", "link")
        self.setToolTip(_("{link}: {title} (Enter goes there, Del takes the link off)", link=name,
                          title=link.other_title))
        self.setAccessibleName(self.toolTip())
        self.clicked.connect(lambda: self.wanted.emit(link.other_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.link.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class LaneHead(Spot):
    """The title line of a configuration, its restatement and links."""

    def __init__(self, n: int, shown: ConfigurationView, names: dict[int, str], parent: QWidget | None = None) -> None:
        super().__init__(Place(shown.id, HEAD), parent)
        self._n = n
        self.links = [LinkButton(link, words.link_word(link.kind, link.outgoing, names.get(link.other_id,
                                                                                             link.other_title)))
                      for link in shown.links]
        px = theme().px
        box, line = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(px(30), px(4), px(8), px(2))
        box.setSpacing(px(1))
        line.setSpacing(px(10))
        for widget, stretch in self._line(shown):
            line.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        box.addLayout(line)
        for told in self._told(shown):
            box.addWidget(told)
        if self.links:
            row = QHBoxLayout()
            for link in self.links:
                row.addWidget(link)
            row.addStretch(1)
            box.addLayout(row)
        self._say(shown)

    def _line(self, shown: ConfigurationView) -> Iterator[tuple[QLabel, int]]:
        name, title = QLabel(words.thread_name(self._n)), QLabel(shown.title)
        status = QLabel(f"{words.STATUS_SIGNS[shown.status]} {words.status_word(shown.status)}")
        count = QLabel(words.counts(shown.all_evidence))
        name.setProperty("role", "quiet")
        title.setFont(theme().ui_font(0.5, bold=True))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        count.setToolTip(_("All evidence: {counts}", counts=words.counts_spoken(shown.all_evidence)))
        return iter(((name, 0), (title, 1), (status, 0), (count, 0)))

    def _told(self, shown: ConfigurationView) -> Iterator[QLabel]:
        italic = theme().ui_font()
        italic.setItalic(True)
        told = ((shown.statement, italic), (_("Intervention: {words}", words=shown.intervention)
                                            if shown.intervention else "", theme().ui_font(-0.5)),
                (_("Note: {words}", words=shown.note) if shown.note else "", theme().ui_font(-0.5)))
        for text, font in told:
            if text:
                label = QLabel(text)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setFont(font)
                yield label

    def _say(self, shown: ConfigurationView) -> None:
        self.setAccessibleName(", ".join((words.thread_name(self._n), shown.title, words.status_word(shown.status),
                                          words.counts_spoken(shown.all_evidence))))
        self.setToolTip(_("Enter changes · L links · Alt+↑ ↓ moves · Del takes away · E evidence · H earlier wordings"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_target:
            painter.fillRect(self.rect(), QColor(theme().tokens.accent_tint))
        look = words.thread_look(self._n)
        paint_form(painter, look.form, QRectF(px(9), px(7), px(13), px(13)), QColor(look.strong))
        self.ring(painter, QRectF(self.rect()))


class Thread(QWidget):
    """The line through the parts of a configuration: full where a card is, broken at a gap."""

    def __init__(self, n: int, filled: Sequence[bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n, self._filled = n, tuple(filled)
        self.setFixedHeight(theme().px(THREAD))
        missing = [words.gap_word(role) for role, there in zip(ELEMENT_ROLES, filled, strict=True) if not there]
        self.setAccessibleName(_("{name}, complete", name=words.thread_name(n)) if not missing else
                               f"{words.thread_name(n)}: {', '.join(missing)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), words.thread_look(self._n)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, y, side = self.width() / len(self._filled), self.height() / 2, theme().px(12)
        at = [QPointF(wide * (n + 0.5), y) for n in range(len(self._filled))]
        for n in range(len(at) - 1):
            whole = self._filled[n] and self._filled[n + 1]
            painter.setPen(QPen(QColor(look.strong), 2.5 if whole else 1.5,
                                Qt.PenStyle.SolidLine if whole else Qt.PenStyle.DotLine))
            painter.drawLine(at[n] + QPointF(side * 0.8, 0), at[n + 1] - QPointF(side * 0.8, 0))
        for place, there in zip(at, self._filled, strict=True):
            if there:
                painter.setPen(QPen(QColor(look.strong), 2.5))
                painter.drawLine(place + QPointF(0, side / 2), QPointF(place.x(), self.height()))
            paint_form(painter, look.form, QRectF(place.x() - side / 2, y - side / 2, side, side),
                       QColor(look.strong), hollow=not there)


class Lane(QFrame):
    """`focused(place)`, `opened(place)` like its spots; `linkWanted(number)`, `linkRemoved(link)`."""

    focused = Signal(object)
    opened = Signal(object)
    linkWanted = Signal(int)
    linkRemoved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ConfigurationView | None = None
        self.editor: Editor | None = None
        self.spots: dict[Place, Spot] = {}
        self._is_current = False
        self._n = 0
        self._names: dict[int, str] = {}
        self._body: QWidget | None = None
        self.setProperty("role", "surface")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(theme().px(4), theme().px(4), theme().px(4), theme().px(6))

    def show_lane(self, n: int, shown: ConfigurationView, names: dict[int, str]) -> None:
        """Show a configuration as the n-th; nothing is done when it looks the same."""
        if (n, shown, names) != (self._n, self.shown, self._names):
            self._n, self.shown, self._names = n, shown, names
            self.build()

    def set_current(self, on: bool) -> None:
        """Show whether letters work on this configuration."""
        if on != self._is_current:
            self._is_current = on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_current:
            edge = QRectF(0, theme().px(6), theme().px(3), self.height() - theme().px(12))
            QPainter(self).fillRect(edge, QColor(theme().tokens.accent))

    def edit(self, editor: Editor | None) -> None:
        """Put an editor in the place it is for, or away."""
        old, self.editor = self.editor, editor
        self.build()
        if old is not None:
            old.setParent(None)
            old.deleteLater()
        if editor is not None:
            editor.show()
            editor.setFocus()

    def build(self) -> None:
        """Make all anew from the values; an editor at work stays at work."""
        assert self.shown is not None
        held = self.editor.focusWidget() if self.editor is not None else None
        if self.editor is not None:
            self.editor.setParent(self)
        if self._body is not None:
            self._outer.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body, self.spots = QWidget(), {}
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(4))
        self._put_head(grid)
        grid.addWidget(Thread(self._n, [bool(self.shown.of_role(r)) for r in ELEMENT_ROLES]), 2, 0, 1, 4)
        for column in range(len(ELEMENT_ROLES)):
            grid.addLayout(self._cell(column), 3, column)
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme().px(110))
        self._outer.addWidget(self._body)
        if self.editor is not None and not self._body.isAncestorOf(self.editor):
            # What it changed is gone, as by an undo.
            self.editor.deleteLater()
            self.editor = None
        # At once and not with the next turn of the event loop: the focus may go there now.
        self._body.show()
        if self.editor is not None and held is not None:
            self.editor.show()
            held.setFocus()

    def _put_head(self, grid: QGridLayout) -> None:
        assert self.shown is not None
        head = LaneHead(self._n, self.shown, self._names)
        for link in head.links:
            link.wanted.connect(self.linkWanted)
            link.removed.connect(self.linkRemoved)
        self._keep(head)
        grid.addWidget(head, 0, 0, 1, 4)
        if self.editor is not None and self.editor.place.column < 0:
            grid.addWidget(self.editor, 1, 0, 1, 4)

    def _cell(self, column: int) -> QVBoxLayout:
        assert self.shown is not None
        cell, role = QVBoxLayout(), ELEMENT_ROLES[column]
        cell.setSpacing(theme().px(4))
        elements = sorted(self.shown.of_role(role), key=lambda e: e.actor.casefold() if role == "outcome" else "")
        actor = ""
        for element in elements:
            if role == "outcome" and element.actor != actor:
                actor = element.actor
                cell.addWidget(_actor_head(actor))
            cell.addWidget(self._spot_or_editor(Place(self.shown.id, column, element.id), element))
        cell.addWidget(self._spot_or_editor(Place(self.shown.id, column), None,
                                            "" if elements else words.gap_word(role)))
        cell.addStretch(1)
        return cell

    def _spot_or_editor(self, place: Place, element: ElementView | None, gap: str = "") -> QWidget:
        if self.editor is not None and self.editor.place == place:
            return self.editor
        look = words.thread_look(self._n)
        return self._keep(Card(place, element, look) if element is not None else Slot(place, gap))

    def _keep(self, spot: Spot) -> Spot:
        self.spots[spot.place] = spot
        spot.focused.connect(self.focused)
        spot.opened.connect(self.opened)
        return spot


def _actor_head(actor: str) -> QLabel:
    label = QLabel(actor)
    label.setFont(theme().ui_font(-1, bold=True))
    label.setContentsMargins(theme().px(4), theme().px(2), 0, 0)
    return label
