"""Where evidence is picked from: a question, a kept question, a momentopname, or a cell of a grid with what was
concluded in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from codebook import gridding, grids, questions, snapshots
from codebook.gridding import WorkGrid
from codebook.models import DIRECTIONS
from codebook.query.algebra import Expression, Property
from codebook.query.index import ANY
from codebook.query.text import parse, to_text
from codebook.query.units import Unit
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.pattern_words import SIGNS, direction_word
from workbench.itemmodels.question_names import UNITS, QuestionNames, narratieven, result_line
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled
from workbench.shared.found import FoundList
from workbench.shared.textline import QuestionLine
from workbench.theme import theme
from workbench.widgets.parts import button, heading, key, quiet


@dataclass(frozen=True)
class Source:
    """A set of narratieven that was made before: what it is called, the question behind it, and what was concluded."""

    key: str
    name: str
    expression: str
    codings: str = ANY
    unit: Unit = "narratief"
    told: str = ""


class SourcePicker(QWidget):
    """`picked(narratief numbers, direction)` when narratieven are put behind the pattern in hand, `left()` to go back
    to the board; `openNarratief(id)`, `readWanted(ids, title)`."""

    picked = Signal(object, str)
    left = Signal()
    openNarratief = Signal(int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._sources: dict[str, Source] = {}
        self._held: frozenset[int] = frozenset()
        self._expression: Expression | None = None
        self._deelvraag = 0
        self.title, self.told, self.hint = heading(""), quiet(), QLabel()
        self.source, self.line, self.found = Choice(_("Pick from")), QuestionLine(), FoundList(opened)
        self.found.code.hide()
        self.back = button(_("Back to the board"), self.left.emit, _("Back to the board   Esc"))
        self.puts = {direction: self._put_button(direction) for direction in DIRECTIONS}
        self._arrange()
        self._connect()

    def _put_button(self, direction: str) -> QPushButton:
        made = button(f"{SIGNS[direction]} {direction_word(direction)}", lambda: self.put(direction),
                      _("Put the chosen narratieven behind the pattern: {direction}   Alt+{n}",
                        direction=direction_word(direction), n=DIRECTIONS.index(direction) + 1),
                      "primary" if direction == DIRECTIONS[0] else "")
        made.setShortcut(f"Alt+{DIRECTIONS.index(direction) + 1}")
        return made

    def _arrange(self) -> None:
        px, outer, head, row = theme().px, QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(6))
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        outer.addLayout(head)
        self.source.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(30)
        outer.addLayout(labelled(_("Pick from"), self.source))
        for widget in (self.line, self.told):
            outer.addWidget(widget)
        row.setSpacing(px(6))
        row.addWidget(self.hint, 1)
        for put in self.puts.values():
            row.addWidget(put)
        outer.addWidget(self.found, 1)
        outer.addLayout(row)

    def _connect(self) -> None:
        self.source.picked.connect(self._choose)
        self.line.typed.connect(self._typed)
        self.found.openNarratief.connect(self.openNarratief)
        self.found.readWanted.connect(self.readWanted)
        self.found.list.selectionChanged.connect(self._say)
        key(self, "Esc", self.left.emit)

    # what is shown

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self.found.set_names(names)

    def show_for(self, deelvraag: int, title: str, held: frozenset[int]) -> None:
        """Pick for a pattern (by name) of a deelvraag; `held` stands behind it already."""
        self.title.setText(_("Narratieven for «{label}»", label=title))
        self._held, self._deelvraag = held, deelvraag
        self.refresh()

    def hold(self, title: str, held: frozenset[int]) -> None:
        """The pattern has other evidence now."""
        self.title.setText(_("Narratieven for «{label}»", label=title))
        self._held = held
        self._say()

    def refresh(self) -> None:
        """Read the sources and ask again."""
        self._sources = {one.key: one for one in self._read(self._deelvraag)}
        self.source.offer([("", _("a question that you type")), *((one.key, one.name)
                                                                for one in self._sources.values())])
        self._ask()

    def _read(self, deelvraag: int) -> list[Source]:
        """Kept questions and momentopnamen, those of the deelvraag first, and cells in which something was
        concluded."""
        with self._opened.project.read() as session:
            live = sorted(questions.queries(session), key=lambda q: q.deelvraag_id != deelvraag)
            frozen = sorted(snapshots.snapshots(session), key=lambda s: s.deelvraag_id != deelvraag)
            made = [Source(f"q{q.id}", _("question: {name}", name=q.name), q.expression, q.codings, _unit(q.unit))
                    for q in live]
            made += [Source(f"s{s.id}", _("momentopname: {name}", name=s.name), to_text(Property("query", s.name)))
                     for s in frozen]
            for kept in sorted(grids.templates(session), key=lambda t: t.deelvraag_id != deelvraag):
                try:
                    grid = gridding.work_grid(self._opened.reading, session, kept.id, self._asker.text)
                except (Waiting, NarratiefError):
                    continue
                made += _cells(kept.id, kept.name, grid)
        return made

    def _choose(self) -> None:
        self._ask()
        (self.found.list if self.source.value() else self.line.edit).setFocus()

    def _typed(self, expression: Expression | None) -> None:
        self._expression = expression
        self._ask()

    def _ask(self) -> None:
        chosen = self._sources.get(self.source.value())
        self.line.setVisible(chosen is None)
        self.told.setText(chosen.told if chosen else "")
        self.told.setVisible(bool(chosen and chosen.told))
        asked = self._expression if chosen is None else parse(chosen.expression)
        if asked is None:
            self.found.set_empty_text(_("Type a question, or pick from one that was kept."))
            self.found.show_found("", ())
            return
        try:
            result = self._asker.ask(asked, chosen.unit if chosen else "narratief", chosen.codings if chosen else ANY)
        except Waiting:
            self.found.line.setText(_("Searching the texts…"))
            return
        except NarratiefError as error:
            self.line.show_error(error)
            return
        self.found.set_empty_text(_("No narratief answers this question. Take a part out, or turn “and” into “or”."))
        self.found.show_found(result_line(result.count, result.documents, self._asker.heard(result.slots),
                                          result.codings), result.ids.tolist(), result.codings)
        self._say()

    def _chosen(self) -> list[int]:
        return [int(str(number)) for number in self.found.list.selected_ids()]

    def _say(self) -> None:
        chosen = self._chosen()
        standing = len(self._held & set(chosen))
        told = _("{narratieven} chosen", narratieven=narratieven(len(chosen)))
        self.hint.setText(f"{told}, {_('of which {n} stand behind it', n=standing)}" if standing else told)
        for put in self.puts.values():
            put.setEnabled(bool(chosen))

    def put(self, direction: str) -> None:
        """Put the chosen narratieven behind the pattern in hand."""
        chosen = self._chosen()
        if chosen:
            self.picked.emit(chosen, direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        signs: dict[str, Callable[[], None]] = {
            "+": lambda: self.put(DIRECTIONS[0]), "-": lambda: self.put(DIRECTIONS[1]),
            "~": lambda: self.put(DIRECTIONS[2])}
        if event.text() in signs:
            signs[event.text()]()
        else:
            super().keyPressEvent(event)


def _unit(name: str) -> Unit:
    return next((unit for unit in UNITS if unit == name), "narratief")


def _cells(template: int, name: str, grid: WorkGrid) -> list[Source]:
    found = []
    for place, standing in grid.noted.items():
        if standing.interpretation:
            labels = " × ".join(grid.labels(place))
            found.append(Source(f"c{template}:{place}", _("grid {name}: {labels}", name=name, labels=labels),
                                grid.expression(place), grid.codings, told=standing.interpretation))
    return found
