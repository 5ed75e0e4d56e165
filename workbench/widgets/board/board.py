"""The board of a kernelement: a row per configuration, a column per part; all by mouse, by keys and by dragging.

Keys: arrows walk · Enter or F2 changes in place · C, M, R, O write a context, resource, reasoning or outcome · N a new
configuration · L links · Del takes away · Alt+↑ ↓ moves · E evidence, H earlier wordings, T narratieven.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from codebook.cmo_views import ConfigurationView
from codebook.models.realist import ELEMENT_ROLES
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.card import Spot
from workbench.widgets.board.editors import ENTER, ConfigurationEditor, Editor, ElementEditor, LinkEditor
from workbench.widgets.board.lane import Lane
from workbench.widgets.board.page import ColumnHeads, NewLane, Page
from workbench.widgets.board.places import HEAD, Place

WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
PARTS = {Qt.Key.Key_C: 0, Qt.Key.Key_M: 1, Qt.Key.Key_R: 2, Qt.Key.Key_O: 3}
DEEDS = {Qt.Key.Key_N: "new", Qt.Key.Key_L: "link", Qt.Key.Key_E: "evidence", Qt.Key.Key_H: "history",
         Qt.Key.Key_T: "tray", Qt.Key.Key_Delete: "remove", Qt.Key.Key_F2: "edit"}


class Board(QScrollArea):
    """`written(place, values)` a new element; `changed(place, changes, reason)`; `removed(place)`; `moved(number,
    step)` of a configuration; `shifted(from, to)` of a card; `linked(source, target, kind)`, `unlinked(link)`;
    `dropped(place, Carried)`; `wanted(name)` new, evidence, history or tray; `currentChanged(place)`."""

    written = Signal(object, object)
    changed = Signal(object, object, str)
    removed = Signal(object)
    moved = Signal(int, int)
    shifted = Signal(object, object)
    linked = Signal(int, int, str)
    unlinked = Signal(int)
    dropped = Signal(object, object)
    wanted = Signal(str)
    currentChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current: Place | None = None
        self.lanes: dict[int, Lane] = {}
        self._actors: Sequence[str] = ()
        self._page, self._heads, self._new = Page(), ColumnHeads(), NewLane()
        self._rows = QVBoxLayout()
        self._target: Spot | None = None
        self._awaits_new: set[Place] | None = None
        self._is_building = False
        self._prepare()

    def _prepare(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self._page)
        outer.setContentsMargins(0, 0, px(6), 0)
        outer.setSpacing(px(8))
        self._rows.setSpacing(px(8))
        outer.addLayout(self._rows)
        outer.addWidget(self._new)
        outer.addStretch(1)
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Board of configurations"))
        self._heads.setParent(self)
        self._page.carried.connect(self._show_target)
        self._page.dropped.connect(self.dropped)
        self._page.shifted.connect(self.shifted)
        theme().changed.connect(self._restyle)
        for slot in self._new.slots:
            slot.opened.connect(lambda _place: self.wanted.emit("new"))

    # what is shown

    def show_lanes(self, shown: Sequence[ConfigurationView], actors: Sequence[str] = ()) -> None:
        """Show configurations; what is in hand stays in hand, an editor stays open."""
        self._actors = actors
        had_focus = self._holds_focus()
        # What is taken away hands its focus on to a neighbour, which is not what was chosen.
        self._is_building = True
        names = {one.id: words.thread_name(n) for n, one in enumerate(shown)}
        for number in [number for number in self.lanes if number not in names]:
            lane = self.lanes.pop(number)
            self._rows.removeWidget(lane)
            lane.hide()
            lane.deleteLater()
        for n, one in enumerate(shown):
            lane = self.lanes.get(one.id) or self._made(one.id)
            if self._rows.indexOf(lane) != n:
                self._rows.removeWidget(lane)
                self._rows.insertWidget(n, lane)
                lane.show()
            lane.show_lane(n, one, {k: v for k, v in names.items() if k in {link.other_id for link in one.links}})
        self._is_building = False
        self._take_new()
        self._restore(had_focus)

    def _made(self, number: int) -> Lane:
        lane = self.lanes[number] = Lane()
        lane.focused.connect(self._focused)
        lane.opened.connect(lambda place: self.edit(place))
        lane.linkWanted.connect(lambda other: self.go_to(Place(other, HEAD)))
        lane.linkRemoved.connect(self.unlinked)
        return lane

    def take_in_hand(self, place: Place | None) -> None:
        """Let keys and letters work on a place, without taking the focus there."""
        self.current = place
        for number, lane in self.lanes.items():
            lane.set_current(place is not None and place.lane == number)
        self.currentChanged.emit(place)

    def _holds_focus(self) -> bool:
        focus = self.focusWidget() if self.isAncestorOf(self.window().focusWidget() or self) else None
        return focus is not None or self.hasFocus()

    def take_next(self) -> None:
        """Take what is made next in hand."""
        self._awaits_new = set(self.places())

    def _take_new(self) -> None:
        known, self._awaits_new = self._awaits_new, None
        if known is None:
            return
        found = [p for p in self.places() if p not in known and (p.element or p.column == HEAD)]
        if found:
            self.go_to(found[0])
        else:
            self._awaits_new = known

    def _restore(self, had_focus: bool) -> None:
        if self.current is None and self.lanes:
            self.take_in_hand(self.places()[0])
        if self.current is None or self.editing() is not None:
            return
        if self.current not in self.places():
            self.take_in_hand(self._nearest(self.current))
        if had_focus and self.current is not None:
            self.go_to(self.current)

    def _nearest(self, gone: Place) -> Place | None:
        same = [p for p in self.places() if p[:2] == gone[:2]]
        lane = [p for p in self.places() if p.lane == gone.lane]
        return next(iter(same or lane or self.places()), None)

    def places(self) -> list[Place]:
        """All places, configuration by configuration, column by column."""
        return [place for n in range(self._rows.count()) for place in self._lane(n).spots]

    def _lane(self, n: int) -> Lane:
        item = self._rows.itemAt(n)
        widget = item.widget() if item is not None else None
        assert isinstance(widget, Lane)
        return widget

    def spot(self, place: Place) -> Spot | None:
        """The card, slot or head at a place."""
        lane = self.lanes.get(place.lane)
        return lane.spots.get(place) if lane is not None else None

    def go_to(self, place: Place) -> None:
        """Take a place in hand and bring it into sight."""
        spot = self.spot(place)
        if spot is not None:
            spot.setFocus()
            self._focused(place)

    def _focused(self, place: Place) -> None:
        if self._is_building:
            return
        is_new = place != self.current
        if is_new:
            self.take_in_hand(place)
        spot = self.spot(place)
        if spot is not None:
            _lay_out()
            self.ensureWidgetVisible(spot, 0, theme().px(24))

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.finish_open()
        super().hideEvent(event)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._seat_heads()

    def _restyle(self) -> None:
        """Take colours and sizes anew."""
        self._heads.restyle()
        self._is_building = True
        for lane in self.lanes.values():
            if lane.shown is not None:
                lane.build()
        self._is_building = False
        self._seat_heads()

    def _seat_heads(self) -> None:
        tall = self._heads.heightForWidth(self.viewport().width())
        self.setViewportMargins(0, tall + theme().px(4), 0, 0)
        self._heads.setGeometry(0, 0, self.viewport().width(), tall)

    # editing

    def editing(self) -> Editor | None:
        """The editor that is open."""
        return next((lane.editor for lane in self.lanes.values() if lane.editor is not None), None)

    def edit(self, place: Place, is_fresh: bool = False) -> None:
        """Open the editor for a place; another that is open is kept first. `is_fresh`: a configuration that goes again
        when its editor is left."""
        self.finish_open()
        lane = self.lanes.get(place.lane)
        if lane is None or lane.shown is None:
            return
        if place.column == HEAD:
            self._open(lane, ConfigurationEditor(place, lane.shown, is_fresh))
        else:
            element = next((e for e in lane.shown.elements if e.id == place.element), None)
            self._open(lane, ElementEditor(place, element, self._actors))

    def edit_link(self, number: int) -> None:
        """Open the line that links a configuration to another."""
        self.finish_open()
        others = [(n, f"{words.thread_name(k)} · {lane.shown.title}") for k, (n, lane) in enumerate(self._ordered())
                  if n != number and lane.shown is not None]
        if others and number in self.lanes:
            self._open(self.lanes[number], LinkEditor(Place(number, HEAD), others))

    def _ordered(self) -> list[tuple[int, Lane]]:
        lanes = [self._lane(n) for n in range(self._rows.count())]
        return [(lane.shown.id, lane) for lane in lanes if lane.shown is not None]

    def _open(self, lane: Lane, editor: Editor) -> None:
        editor.kept.connect(self._kept)
        editor.left.connect(lambda: self._leave(editor))
        self._put(lane, editor)
        _lay_out()
        self.ensureWidgetVisible(editor)

    def finish_open(self) -> None:
        """Keep what is being typed, as when one goes elsewhere: nothing is lost."""
        editor = self.editing()
        if editor is not None:
            editor.finish()

    def _leave(self, editor: Editor) -> None:
        self._close(editor.place)
        if isinstance(editor, ConfigurationEditor) and editor.is_fresh:
            self.removed.emit(editor.place)

    def _close(self, place: Place) -> None:
        lane = self.lanes.get(place.lane)
        if lane is not None and lane.editor is not None:
            self._put(lane, None)
            self.go_to(place)

    def _put(self, lane: Lane, editor: Editor | None) -> None:
        self._is_building = True
        lane.edit(editor)
        self._is_building = False

    def _kept(self, place: Place, changes: dict[str, object], reason: str) -> None:
        editor = self.editing()
        self._close(place)
        if isinstance(editor, LinkEditor):
            self.linked.emit(place.lane, changes["target"], changes["kind"])
        elif place.column >= 0 and not place.element:
            if changes.get("text"):
                self.take_next()
                self.written.emit(place, editor.values() if editor is not None else changes)
        elif changes:
            self.changed.emit(place, changes, reason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (self.editing() is None and self._key(event)) or event.key() in WAYS:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, here = Qt.Key(event.key()), self.current
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if alt and key in WAYS and here is not None:
            self.shift(*WAYS[key])
        elif key in WAYS:
            self._walk(*WAYS[key])
        elif key in PARTS and here is not None:
            self.edit(Place(here.lane, PARTS[key]))
        elif key in ENTER and here is not None:
            self.edit(here)
        elif key in DEEDS:
            self.act(DEEDS[key])
        else:
            return False
        return True

    def act(self, name: str) -> None:
        """Do one of `DEEDS` with what is in hand."""
        here = self.current
        if name in ("new", "tray", "evidence", "history"):
            self.wanted.emit(name)
        elif here is not None and name == "link":
            self.edit_link(here.lane)
        elif here is not None and name == "edit":
            self.edit(here)
        elif here is not None and name == "remove" and (here.element or here.column == HEAD):
            self.removed.emit(here)

    def shift(self, across: int, down: int) -> None:
        """Move the card in hand to the next part or within its part; without a card, the whole configuration."""
        here = self.current
        if here is None or not (here.element or down):
            return
        if not here.element:
            self.moved.emit(here.lane, down)
            return
        line = [p for p in self.lanes[here.lane].spots if p.column == here.column]
        at, column = line.index(here), here.column + across
        wanted = line[at + (2 if down > 0 else -1)] if down and 0 <= at + (2 if down > 0 else -1) < len(line) else None
        if across:
            wanted = Place(here.lane, column) if 0 <= column < len(ELEMENT_ROLES) else None
        if wanted is not None:
            self.current = Place(here.lane, wanted.column, here.element)
            self.shifted.emit(here, wanted)

    def _walk(self, across: int, down: int) -> None:
        if self.current is None or self.current not in self.places():
            if self.places():
                self.go_to(self.places()[0])
            return
        wanted = self._aside(across) if across else self._below(down)
        if wanted is not None:
            self.go_to(wanted)

    def _aside(self, step: int) -> Place | None:
        """The first place of the next column; before the first column is the head."""
        here = self.current
        assert here is not None
        column = min(max(here.column + step, HEAD), len(ELEMENT_ROLES) - 1)
        return next((p for p in self.lanes[here.lane].spots if p.column == column), None)

    def _below(self, step: int) -> Place | None:
        """The place above or below in the column, head of the row included, and on to the next row."""
        here = self.current
        assert here is not None
        column = max(here.column, 0)
        line = [p for p in self.places() if p.column in (HEAD, column)]
        at = line.index(here) + step
        return line[at] if 0 <= at < len(line) else None

    # dragging

    def _show_target(self, spot: Spot | None) -> None:
        if self._target is not None:
            self._target.set_target(False)
        self._target = spot
        if spot is not None:
            spot.set_target(True)


def _lay_out() -> None:
    """Give what was made just now its place; costs nothing when all has it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
