"""The walk along what somebody wants to discuss: why, and what everybody gave.   v  discussed   Enter  open it"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from codebook import adjudicating, asking, coding
from codebook.reading import Place
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.coder_marks import shown_names
from workbench.itemmodels.deciding_book import Book
from workbench.panels.deciding_frame import Item, WalkFrame
from workbench.panels.deciding_votes import Ways
from workbench.project import OpenProject
from workbench.widgets.definition_card import DefinitionCards
from workbench.widgets.strips import ENTER


class FlagsPage(QWidget):
    """`openNarratief(id)`; `counted(n)` tells how many narratieven are flagged."""

    openNarratief = Signal(int)
    counted = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.flags: dict[int, tuple[Place, dict[int, str]]] = {}
        self.here: int | None = None
        self._book = Book()
        self.frame, self.ways = WalkFrame(_("To discuss"), self.key), Ways()
        self.said, self.given = QLabel(), DefinitionCards()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.frame)
        self.frame.side_box.addWidget(self.ways)
        self.frame.side_box.addWidget(self.said)
        self.frame.side_box.addWidget(self.given, 1)
        self.frame.list.moved.connect(self._go_to)
        self.setFocusProxy(self.frame)
        self.ways.offer([("v", _("discussed"), self.settle), ("Enter", _("open it"), self._open)])

    def refresh(self) -> None:
        """Read the flags anew."""
        reading = self.opened.reading
        with self.opened.project.read() as session:
            self._book = Book.read(session)
        keys = list(self.flags)
        at = keys.index(self.here) if self.here in keys else 0
        self.flags = {place.narratief_id: (place, said) for place, said in adjudicating.flagged(reading)}
        if self.here not in self.flags:
            self.here = list(self.flags)[min(at, len(self.flags) - 1)] if self.flags else None
        items = [Item(n, f"⚑  {place.nr} · {place.document}") for n, (place, _said) in self.flags.items()]
        self.frame.list.fill(items, self.here)
        self.counted.emit(len(self.flags))
        self._show()

    def _go_to(self, key: Any) -> None:
        self.here = int(key)
        self._show()

    def _show(self) -> None:
        self.frame.side.setEnabled(self.here is not None)
        if self.here is None or self.here not in self.flags:
            self.frame.show_nothing()
            self.said.setText("")
            self.given.show_codes([])
            return
        place, said = self.flags[self.here]
        names, reading = shown_names(self.opened), self.opened.reading
        who = {c.id: names.get(c.name, c.name) for c in reading.catalogue.coders}
        notes = [_("{coder} wants to discuss it: {reason}", coder=who.get(n, ""), reason=why or "–")
                 for n, why in said.items()]
        self.frame.show_narratief(reading, place, f"{place.document} · {_('narratief {nr}', nr=place.nr)}", notes)
        self.said.setText("\n".join(self._given_by(place, who)))
        given = set(asking.shown(reading, [place.narratief_id])[0].codes)
        self.given.show_codes([(facet, code) for facet, code in self._book.codes.values()
                               if f"{facet}:{code.label}" in given])

    def _given_by(self, place: Place, who: dict[int, str]) -> list[str]:
        """What each coder gave, a line each."""
        index, labels = self.opened.reading.index, self._book.labels
        slots = index.slots_of([place.narratief_id]).astype("int64")
        found = []
        for number, name in who.items():
            codes = set(index.codes_of(slots, number)[0])
            if codes:
                found.append(f"{name}: {', '.join(label for code, label in labels.items() if code in codes)}")
        return found

    def key(self, event: QKeyEvent) -> bool:
        """A key of the list or the text; whether it was taken."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.here is None:
            return False
        if event.key() in ENTER:
            self._open()
        elif event.text().casefold() == "v":
            self.settle()
        else:
            return False
        return True

    def settle(self) -> None:
        """It was discussed: all flags on this narratief go."""
        if self.here is not None:
            place, _said = self.flags[self.here]
            self.opened.do(message("Narratief {nr} of {title} is discussed", nr=place.nr, title=place.document),
                           coding.clear_flags, place.narratief_id)

    def _open(self) -> None:
        if self.here is not None:
            self.openNarratief.emit(self.here)

