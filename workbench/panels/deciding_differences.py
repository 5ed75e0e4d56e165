"""The walk along all differences: what each coder gave, and one key to decide.

    a b            the answer of the first, the second coder    1 … 9   with more than two: that of coder 1 … 9
    2              with two: both          +   all that anybody gave         0   none of what is in dispute
    m              the majority            k   keep it as it was decided     o   another code of the facet
    ← →            the code in hand        j n yes, no to that code alone    x   take the decisions back
    r              a reason, kept with the next decision here                d e sharpen the definition, anchor example
    ↑ ↓  s         walk; skip to the next that is open                       Enter  open it in Coderen
    Ctrl+Enter     accept all codes that coders agree on
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from codebook import adjudicating
from codebook.adjudicating import Difference, Key
from codebook.reading import Reading
from corpora.store.project import Changed, Project
from workbench.i18n import _
from workbench.itemmodels.coder_marks import shown_names
from workbench.itemmodels.deciding_book import Book
from workbench.itemmodels.deciding_walk import Walk
from workbench.jobs import jobs
from workbench.panels.deciding_deeds import Deeds
from workbench.panels.deciding_filters import FilterBar
from workbench.panels.deciding_frame import Item, WalkFrame
from workbench.panels.deciding_strips import OtherCodeStrip, SharpenStrip, WhyStrip
from workbench.panels.deciding_votes import VotesTable, Ways
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.definition_card import DefinitionCards
from workbench.widgets.strips import ENTER

AT_ONCE = 400
"""Up to so many narratieven the differences are read at once; beyond, in the background."""
MARKS = {"open": "○", "decided": "✓", "changed": "!"}


class DifferencesPage(QWidget):
    """See the module for the keys. `openNarratief(id)` shows a narratief where it is coded; `counted(n)` tells how many
    differences are open."""

    openNarratief = Signal(int)
    counted = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened, self.walk = opened, Walk(opened.reading)
        self.here: Key | None = None
        self.book, self.code = Book(), 0
        self._called: dict[int, str] = {}
        self._lines: dict[int, tuple[Difference, Item]] = {}
        self._is_reading = self._is_behind = False
        self.deeds = Deeds(self)
        self.bar, self.progress, self.where = FilterBar(), QProgressBar(), QLabel()
        self.accept = QPushButton()
        self.frame = WalkFrame(_("Differences"), self.key)
        self.votes, self.ways, self.definitions = VotesTable(), Ways(), DefinitionCards()
        self.state, self.why = QLabel(), QLabel()
        self.reason, self.other, self.sharpening = WhyStrip(), OtherCodeStrip(), SharpenStrip()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer = theme().px, QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("How many differences are decided"))
        self.accept.setToolTip(_("Decide yes on every code that all coders gave, in one step   Ctrl+Enter"))
        self.where.setProperty("role", "heading")
        self.bar.add(self.where)
        outer.addWidget(self.bar)
        outer.addWidget(self.progress)
        outer.addWidget(self.frame, 1)
        for label in (self.state, self.why):
            label.setWordWrap(True)
        self.why.setProperty("role", "quiet")
        side = self.frame.side_box
        for widget in (self.votes, self.state, self.why, self.ways):
            side.addWidget(widget)
        side.addWidget(self.definitions, 1)
        for strip in (self.reason, self.other, self.sharpening):
            self.frame.add_strip(strip)
        self.setFocusProxy(self.frame)

    def _connect(self) -> None:
        self.bar.changed.connect(self._narrow)
        self.accept.clicked.connect(self.deeds.accept_agreed)
        self.frame.list.moved.connect(self.go_to)
        self.frame.list.doubleClicked.connect(lambda _index: self._open())
        self.votes.codeChosen.connect(self.hold)

    # keeping up

    def refresh(self) -> None:
        """Read codebook and differences anew."""
        self._read_book()
        if self.opened.reading.index.n <= AT_ONCE:
            self.walk.load()
            self._loaded()
        elif self._is_reading:
            self._is_behind = True
        else:
            self._is_reading = True
            job = jobs().run(_read, self.opened.project, self.opened.reading.viewer, self.walk.filters.coders,
                             title=_("Reading the differences"), on_result=self._arrived)
            job.ended.connect(self._ended)

    def _arrived(self, found: list[Difference]) -> None:
        if not self._is_behind:
            self.walk.take(found)
            self._loaded()

    def _ended(self) -> None:
        self._is_reading = False
        if self._is_behind:
            self._is_behind = False
            self.refresh()

    def _read_book(self) -> None:
        with self.opened.project.read() as session:
            self.book = Book.read(session)
        reading = self.opened.reading
        shown = shown_names(self.opened)
        self._called = {c.id: shown.get(c.name, c.name) for c in reading.catalogue.coders}
        self.bar.offer(self.book, {d.id: d.title for d in reading.catalogue.documents}, self.walk.coders(), shown)

    def _loaded(self) -> None:
        if self.here not in self.walk.all:
            self.here = None
        self._show_all()

    def take_in(self, changed: Changed) -> bool:
        """Take a step in; False when all must be read again."""
        if self._is_reading:
            self._is_behind = True
            return True
        if changed.tables() & {"code", "facet", "coder", "setting"}:
            self._read_book()
        if changed.tables() <= {"code"} and "label" not in {c for row in changed.rows for c in row.columns}:
            self.show_here()
            return True
        before = {key: one.decided for key, one in self.walk.all.items()} if changed.kind != "do" else {}
        if not self.walk.follow(changed):
            return False
        if changed.own and before:
            self._return_to([key for key, one in self.walk.all.items() if before.get(key, one.decided) != one.decided])
        self._show_all()
        return True

    def _return_to(self, keys: list[Key]) -> None:
        """After an undo or redo: to what it was about, unless that is in hand already."""
        if keys and self.here not in keys:
            self.here, self.code = keys[0], 0
            self.walk.kept.add(keys[0])
            self.frame.close_strips()

    def _narrow(self) -> None:
        if self.walk.narrow(**self.bar.wanted()):
            self.refresh()
        else:
            self.here = None
            self._show_all()

    # showing

    def one(self) -> Difference | None:
        """The difference in hand."""
        return self.walk.all.get(self.here) if self.here is not None else None

    def _show_all(self) -> None:
        shown = self.walk.shown()
        if self.here not in {one.key for one in shown}:
            self.here = self.walk.next_open(None) or (shown[0].key if shown else None)
        self.frame.list.fill(self._items(shown), self.here)
        done, total = self.walk.progress()
        self.where.setText(_("{done} of {total} decided", done=done, total=total))
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        waiting = len(adjudicating.agreed(self.opened.reading, self.walk.filters.coders))
        self.accept.setText(_("Accept what all agree on: {n}", n=waiting))
        self.accept.setEnabled(waiting > 0)
        self.counted.emit(sum(one.state != "decided" for one in self.walk.all.values()))
        self.show_here()

    def _items(self, shown: list[Difference]) -> list[Item]:
        words = {"open": _("open"), "decided": _("decided"), "changed": _("changed since")}
        old, self._lines = self._lines, {}
        for one in shown:
            made = old.get(id(one))
            self._lines[id(one)] = made if made is not None and made[0] is one else (one, Item(
                one.key, f"{MARKS[one.state]}  {one.place.nr} · {one.facet} · {one.place.document}",
                f"{one.place.document} · {one.place.nr} · {one.facet}: {words[one.state]}"))
        return [item for _one, item in self._lines.values()]

    def go_to(self, key: Any) -> None:
        """Take a difference in hand."""
        self.here, self.code = key, 0
        self.frame.close_strips()
        self.frame.list.bring(key)
        self.show_here()

    def show_here(self) -> None:
        """Show the difference in hand anew."""
        one = self.one()
        self.frame.side.setEnabled(one is not None)
        if one is None:
            self.frame.show_nothing()
            self.state.setText("")
            return
        if self.code not in one.codes:
            self.code = one.codes[0] if one.codes else 0
        names = self.names(one)
        notes = [_("{coder} wants to discuss it: {reason}", coder=self._shown(who), reason=why or "–")
                 for who, why in one.flagged.items()]
        place = one.place
        self.frame.show_narratief(self.opened.reading, place,
                                  f"{place.document} · {_('narratief {nr}', nr=place.nr)} · {one.facet}", notes)
        heads = {who: f"{key} {name}".strip() for who, (key, name) in names.items()}
        self.votes.show_votes(one, heads, self.book.labels, self.code)
        self._show_state(one)
        self._offer(one)
        self._show_definitions(one)

    def names(self, one: Difference) -> dict[int, tuple[str, str]]:
        """Coder → the key and the name, of those who looked, in the order in which they are shown."""
        order = sorted(one.gave, key=self._shown)
        keys = "ab" if len(order) == 2 else "123456789"
        return {who: (keys[n] if n < len(keys) else "", self._shown(who)) for n, who in enumerate(order)}

    def _shown(self, coder: int) -> str:
        return self._called.get(coder, "")

    def _show_state(self, one: Difference) -> None:
        gone = [self._shown(who) for who in sorted(one.absent)]
        said = [_("{coders}: {facet} not mentioned", coders=", ".join(gone), facet=one.facet)] if gone else []
        if one.state == "changed":
            said.append(_("Changed since it was decided: a coder gave something else here. Decide again, or keep the "
                          "decision with k."))
        elif one.state == "decided":
            names = shown_names(self.opened)
            by = sorted({names.get(verdict.by, verdict.by) for verdict in one.decided.values()})
            said.append(_("Decided by {coder}", coder=", ".join(by)))
        self.state.setText("\n".join(said))
        self.state.setVisible(bool(said))
        reasons = {v.reason for code, v in one.decided.items() if v.reason and code not in one.agreed}
        kept = self.deeds.reasons.get(one.key)
        why = _("Reason for the next decision: {reason}", reason=kept) if kept else (
            _("Reason: {reason}", reason="; ".join(sorted(reasons))) if reasons else "")
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def _offer(self, one: Difference) -> None:
        names = self.names(one)
        ways: list[tuple[str, str, Callable[[], object]]] = [
            (key, name, partial(self.deeds.take_coder, who)) for who, (key, name) in names.items() if key]
        if len(names) == 2:
            ways.append(("2", _("both"), self.deeds.take_all))
        else:
            ways += [("m", _("majority"), self.deeds.take_majority), ("+", _("all of it"), self.deeds.take_all)]
        none = _("neither") if len(names) == 2 else _("none of these")
        ways += [("0", none, partial(self.deeds.decide, [])), ("o", _("other…"), self.deeds.ask_other),
                 ("r", _("reason…"), self.deeds.ask_reason), ("d", _("definition…"), self.deeds.sharpen),
                 ("e", _("anchor example"), self.deeds.add_example), ("s", _("skip"), self.deeds.skip)]
        if one.state == "changed":
            ways.append(("k", _("keep decision"), self.deeds.keep))
        if one.decided:
            ways.append(("x", _("take back"), self.deeds.take_back))
        self.ways.offer(ways)

    def _show_definitions(self, one: Difference) -> None:
        wanted = [self.code, *(code for code in one.codes if code != self.code)]
        self.definitions.show_codes([self.book.codes[code] for code in wanted if code in self.book.codes])

    # keys

    def key(self, event: QKeyEvent) -> bool:
        """A key of the list or the text; whether it was taken."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in ENTER:
                self.deeds.accept_agreed()
            return event.key() in ENTER
        one = self.one()
        if one is None:
            return False
        if event.key() in ENTER:
            self._open()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.frame.list.hasFocus():
            self._step_code(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            return self._letter(one, event.text().casefold())
        return True

    def _letter(self, one: Difference, letter: str) -> bool:
        by_coder = {key: who for who, (key, _name) in self.names(one).items() if key}
        if len(one.gave) > 2:
            order = list(self.names(one))
            by_coder |= {"a": order[0], "b": order[1]}
        do = self.deeds
        deeds: dict[str, Callable[[], object]] = {
            "+": do.take_all, "m": do.take_majority, "0": partial(do.decide, []), "o": do.ask_other,
            "r": do.ask_reason, "d": do.sharpen, "e": do.add_example, "s": do.skip, "k": do.keep,
            "x": do.take_back, "j": partial(do.decide_code, True), "n": partial(do.decide_code, False)}
        if len(one.gave) == 2:
            deeds["2"] = self.deeds.take_all
        if letter in by_coder:
            self.deeds.take_coder(by_coder[letter])
        elif letter in deeds:
            deeds[letter]()
        else:
            return False
        return True

    def _step_code(self, direction: int) -> None:
        one = self.one()
        if one is not None and one.codes:
            at = (one.codes.index(self.code) if self.code in one.codes else 0) + direction
            self.hold(one.codes[max(0, min(len(one.codes) - 1, at))])

    def hold(self, code: int) -> None:
        """Take a code in hand."""
        self.code = code
        self.show_here()

    def _open(self) -> None:
        one = self.one()
        if one is not None:
            self.openNarratief.emit(one.place.narratief_id)


def _read(_progress: Any, project: Project, viewer: str | None, coders: tuple[int, ...]) -> list[Difference]:
    return adjudicating.differences(Reading(project, viewer), coders)
