"""The walk along codings made under an older definition: does the code still fit?

    j   it fits: looked at again      n   it does not: taken off, or decided against when others gave it
    o   another code instead          s   skip       ↑ ↓  walk       Enter  open it in Coderen
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from codebook import rechecking
from codebook.rechecking import Touched
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.coder_marks import shown_names
from workbench.itemmodels.deciding_book import Book
from workbench.panels.deciding_frame import Item, WalkFrame
from workbench.panels.deciding_strips import OtherCodeStrip, facet_of
from workbench.panels.deciding_votes import Ways
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.widgets.definition_card import DefinitionCards
from workbench.widgets.strips import ENTER

Place = tuple[int, int]
"""A narratief and a code."""


class RecheckPage(QWidget):
    """`openNarratief(id)`; `counted(n)` tells how many codings are to be looked at again."""

    openNarratief = Signal(int)
    counted = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.touched: dict[Place, Touched] = {}
        self.here: Place | None = None
        self._book = Book()
        self.whose, self.old, self.definition = Choice(_("Whose codings")), QLabel(), DefinitionCards()
        self.frame, self.ways, self.other = WalkFrame(_("To look at again"), self.key), Ways(), OtherCodeStrip()
        self.whose.offer([("all", _("codings of everyone")), ("mine", _("my own codings"))])
        self._arrange()
        self.whose.picked.connect(self.refresh)
        self.frame.list.moved.connect(self._go_to)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.whose)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(self.frame, 1)
        self.old.setWordWrap(True)
        self.old.setTextFormat(Qt.TextFormat.PlainText)
        self.old.setProperty("role", "quiet")
        for widget in (self.ways, self.old):
            self.frame.side_box.addWidget(widget)
        self.frame.side_box.addWidget(self.definition, 1)
        self.frame.add_strip(self.other)
        self.setFocusProxy(self.frame)
        self.ways.offer([("j", _("still fits"), self.keep), ("n", _("no longer fits"), self.refuse),
                         ("o", _("other…"), self.ask_other), ("s", _("skip"), self.skip)])

    # showing

    def refresh(self) -> None:
        """Read what is to be looked at again."""
        me = self._me()
        with self.opened.project.read() as session:
            self._book = Book.read(session)
        keys = list(self.touched)
        at = keys.index(self.here) if self.here in keys else 0
        found = rechecking.touched(self.opened.reading, me, me if self.whose.value() == "mine" else None)
        self.touched = {(one.place.narratief_id, one.code_id): one for one in found}
        if self.here not in self.touched:
            self.here = list(self.touched)[min(at, len(self.touched) - 1)] if self.touched else None
        self.frame.list.fill([Item(key, f"{one.place.nr} · {self._book.label(one.code_id)} · {one.place.document}")
                              for key, one in self.touched.items()], self.here)
        self.counted.emit(len(self.touched))
        self._show()

    def _me(self) -> int:
        """The coder at work, 0 while they are not in the project: looking makes nobody a coder."""
        wanted = self.opened.coder.casefold()
        return next((c.id for c in self.opened.reading.catalogue.coders if c.name.casefold() == wanted), 0)

    def one(self) -> Touched | None:
        """The coding in hand."""
        return self.touched.get(self.here) if self.here is not None else None

    def _go_to(self, key: Any) -> None:
        self.here = key
        self._show()

    def _show(self) -> None:
        one = self.one()
        self.frame.side.setEnabled(one is not None)
        if one is None:
            self.frame.show_nothing()
            self.definition.show_codes([])
            self.old.setText("")
            return
        names, reading = shown_names(self.opened), self.opened.reading
        who = [names.get(c.name, c.name) for c in reading.catalogue.coders if c.id in one.coders]
        place, label = one.place, self._book.label(one.code_id)
        self.frame.show_narratief(reading, place,
                                  f"{place.document} · {_('narratief {nr}', nr=place.nr)} · {label}")
        self.old.setText(_("Given by {coders} when it read: “{old}”", coders=", ".join(who),
                           old=" · ".join(part for part in one.old if part) or "–"))
        self.definition.show_codes([self._book.codes[one.code_id]])

    # deeds

    def key(self, event: QKeyEvent) -> bool:
        """A key of the list or the text; whether it was taken."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.one() is None:
            return False
        if event.key() in ENTER:
            self._open()
            return True
        deeds: dict[str, Callable[[], object]] = {"j": self.keep, "n": self.refuse, "o": self.ask_other,
                                                  "s": self.skip}
        deed = deeds.get(event.text().casefold())
        if deed is not None:
            deed()
        return deed is not None

    def keep(self) -> None:
        """The code still fits."""
        one = self.one()
        if one is not None:
            self.opened.do(message("{code} still fits narratief {nr} of {title}", code=self._book.label(one.code_id),
                                   nr=one.place.nr, title=one.place.document),
                           rechecking.keep, self.opened.coder_id, [one.place.narratief_id], one.code_id)

    def refuse(self, instead: int | None = None) -> None:
        """The code fits no longer: one's own coding goes, those of others are decided against."""
        one = self.one()
        if one is None:
            return
        code = self._book.label(one.code_id)
        label = message("{code} no longer fits narratief {nr} of {title}", code=code, nr=one.place.nr,
                        title=one.place.document)
        if instead is not None:
            label = message("Narratief {nr} of {title}: {new} instead of {old}", nr=one.place.nr,
                            title=one.place.document, new=self._book.label(instead), old=code)
        self.opened.do(label, rechecking.refuse, self.opened.coder_id, one, instead)

    def ask_other(self) -> None:
        """Another code of the facet fits."""
        one = self.one()
        if one is not None:
            facet = next(f for f in self._book.facets if any(c.id == one.code_id for c in f.codes))
            self.other.ask(_("Which code of {facet}? Enter takes it", facet=facet.name),
                           facet_of(self._book.facets, int(str(facet.id))), self.refuse)

    def skip(self) -> None:
        """To the next."""
        keys = list(self.touched)
        if self.here in keys:
            self.here = keys[(keys.index(self.here) + 1) % len(keys)]
            self.frame.list.bring(self.here)
            self._show()

    def _open(self) -> None:
        if self.here is not None:
            self.openNarratief.emit(self.here[0])

