"""Configurations drawn one below the other: context, mechanism, outcome, a thread through them with its gaps, and the
links between them; an outcome that becomes a context runs on in a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from codebook.cmo_views import ConfigurationView, ElementView
from codebook.models.realist import ELEMENT_ROLES
from workbench.i18n import _
from workbench.tokens import FacetLook
from workbench.widgets.board import words
from workbench.widgets.pictures.frame import LINE, MARGIN, Look, drawn, empty, head
from workbench.widgets.pictures.ink import Ink, grey, width_of, wrapped
from workbench.widgets.pictures.shapes import NORMAL, SMALL, Box, Draft, Drawing, Form, Ribbon, Words
from workbench.widgets.pictures.shapes import Line as Stroke

GAP = 22.0
BETWEEN = 40.0
SIDE = 120.0
LEAST = 780.0
"""Narrower the words of a card would be cut."""
PAD = 6.0


def chained(shown: Sequence[ConfigurationView]) -> list[ConfigurationView]:
    """The configurations in an order in which an outcome stands before the context that it becomes, where it can."""
    left, found = list(shown), list[ConfigurationView]()
    before = {one.id: {link.other_id for link in one.links if link.kind == "outcome-wordt-context"
                       and not link.outgoing} for one in shown}
    while left:
        open_ids = {one.id for one in left}
        follows = [one for one in left if found and found[-1].id in before[one.id]]
        free = [one for one in left if not before[one.id] & open_ids]
        taken = next((one for one in follows if one in free), (free or left)[0])
        left.remove(taken)
        found.append(taken)
    return found


def chain_drawing(title: str, shown: Sequence[ConfigurationView], look: Look) -> Drawing:
    """Lay configurations out; a mark's codes are the configuration and the element (0: the whole)."""
    if not shown:
        return empty(look, title, _("There is no configuration yet. Make one on the board."))
    look = replace(look, width=max(look.width, LEAST))
    notes = [look.basis, _("A full line: the parts are there. A broken line: a part is missing still. + supports, "
                           "− contradicts, ~ nuances.")]
    draft = Draft()
    top = head(draft, look, title, notes)
    made = _Chain(shown, look, top)
    made.draw(draft)
    return drawn(draft, look, title, notes, look.page, made.bottom)


@dataclass
class _Row:
    """A configuration where it is drawn: a slot per part, filled with boxes from the top."""

    n: int
    shown: ConfigurationView
    top: float
    boxes: dict[int, tuple[QRectF, list[str]]]
    cells: list[QRectF]
    lead: list[str]

    @property
    def bottom(self) -> float:
        return max(cell.bottom() for cell in self.cells)


class _Chain:
    def __init__(self, shown: Sequence[ConfigurationView], look: Look, top: float) -> None:
        self.look, self.ink = look, look.ink
        self.names = {one.id: n for n, one in enumerate(shown)}
        has_side = any(link.kind != "outcome-wordt-context" for one in shown for link in one.links)
        self.room = look.page - 2 * MARGIN - (SIDE if has_side else 0)
        self.wide = (self.room - GAP * (len(ELEMENT_ROLES) - 1)) / len(ELEMENT_ROLES)
        self.top, self.rows = top, list[_Row]()
        y = top + LINE + 6
        for one in chained(shown):
            self.rows.append(self._row(one, y))
            y = self.rows[-1].bottom + BETWEEN
        self.bottom = y - BETWEEN

    def _row(self, one: ConfigurationView, y: float) -> _Row:
        lead = wrapped(one.statement, self.room - 24, NORMAL) if one.statement else []
        inner = y + LINE * (1 + len(lead)) + 8
        boxes: dict[int, tuple[QRectF, list[str]]] = {}
        cells = []
        for column, role in enumerate(ELEMENT_ROLES):
            x, at = MARGIN + column * (self.wide + GAP), inner
            for element in one.of_role(role):
                lines = wrapped(_told(element), self.wide - 2 * PAD - 4, NORMAL)
                tall = LINE * (len(lines) + bool(element.evidence)) + 2 * PAD
                boxes[element.id] = (QRectF(x, at, self.wide, tall), lines)
                at += tall + 6
            cells.append(QRectF(x, inner, self.wide, max(at - 6, inner + LINE + 2 * PAD) - inner))
        return _Row(self.names[one.id], one, y, boxes, cells, lead)

    def style(self, n: int) -> FacetLook:
        """Hue and form of a configuration, on screen and on paper."""
        looks = self.ink.tokens.facets
        return looks[n % len(looks)]

    def strong(self, n: int) -> str:
        """The colour of a thread."""
        colour = self.style(n).strong
        return grey(colour) if self.ink.is_grey else colour

    def draw(self, draft: Draft) -> None:
        for column, role in enumerate(ELEMENT_ROLES):
            area = QRectF(MARGIN + column * (self.wide + GAP), self.top - 4, self.wide, LINE)
            draft.add(Words(area, words.role_word(role), self.ink.quiet, NORMAL, bold=True))
        for row in self.rows:
            self._links(draft, row)
        for row in self.rows:
            self._thread(draft, row)
            self._heading(draft, row)
            for element in row.shown.elements:
                self._box(draft, row, element)

    def _heading(self, draft: Draft, row: _Row) -> None:
        style, one = self.style(row.n), row.shown
        said = f"{words.thread_name(row.n)} · {one.title}"
        told = f"{words.STATUS_SIGNS[one.status]} {words.status_word(one.status)}  {words.counts(one.all_evidence)}"
        wide = width_of(told, SMALL)
        draft.add(Form(style.form, QRectF(MARGIN, row.top + 3, 11, 11), self.strong(row.n)),
                  Words(QRectF(MARGIN + 18, row.top, self.room - wide - 30, LINE), said, self.ink.text, NORMAL,
                        bold=True),
                  Words(QRectF(MARGIN + self.room - wide, row.top, wide, LINE), told, self.ink.quiet, SMALL,
                        align="right"))
        for n, line in enumerate(row.lead):
            area = QRectF(MARGIN + 18, row.top + LINE * (n + 1), self.room - 18, LINE)
            draft.add(Words(area, line, self.ink.text))
        whole = QRectF(MARGIN, row.top, self.room, LINE * (1 + len(row.lead)))
        draft.mark(whole, f"{said}, {words.status_word(one.status)}, {words.counts_spoken(one.all_evidence)}",
                   (one.id, 0))

    def _thread(self, draft: Draft, row: _Row) -> None:
        filled = [bool(row.shown.of_role(role)) for role in ELEMENT_ROLES]
        y = row.cells[0].top() + LINE / 2 + PAD
        for n in range(len(filled) - 1):
            start, end = row.cells[n].right(), row.cells[n + 1].left()
            whole = filled[n] and filled[n + 1]
            for a, b in [(start, end)] if whole else _dashes(start, end):
                draft.add(Stroke(QPointF(a, y), QPointF(b, y), self.strong(row.n), 3.0 if whole else 1.5))
        for cell, there, role in zip(row.cells, filled, ELEMENT_ROLES, strict=True):
            if not there:
                area = QRectF(cell.left(), cell.top(), cell.width(), LINE + 2 * PAD)
                draft.add(Box(area, edge=self.ink.line, radius=6, hatched=self.ink.line),
                          Words(area, words.gap_word(role), self.ink.quiet, SMALL, align="centre"))

    def _box(self, draft: Draft, row: _Row, element: ElementView) -> None:
        area, lines = row.boxes[element.id]
        draft.add(Box(area, self.ink.ground, self.strong(row.n), 1.5, radius=6))
        for n, line in enumerate(lines):
            bold = bool(element.actor) and n == 0 and line.startswith(element.actor[:12])
            draft.add(Words(QRectF(area.left() + PAD + 2, area.top() + PAD + n * LINE, area.width() - 2 * PAD, LINE),
                            line, self.ink.text, bold=bold and len(lines) > 1 and line.endswith(":")))
        if element.evidence:
            draft.add(Words(QRectF(area.left() + PAD, area.bottom() - PAD - LINE, area.width() - 2 * PAD, LINE),
                            words.counts(element.evidence), self.ink.quiet, SMALL, align="right"))
        spoken = f"{words.role_word(element.role)}: {_told(element)}, {words.counts_spoken(element.evidence)}"
        draft.mark(area, spoken, (row.shown.id, element.id))

    # links

    def _links(self, draft: Draft, row: _Row) -> None:
        for link in row.shown.links:
            other = next((one for one in self.rows if one.shown.id == link.other_id), None)
            if link.outgoing and other is not None:
                if link.kind == "outcome-wordt-context":
                    self._becomes(draft, row, other)
                else:
                    self._beside(draft, row, other, link.kind)

    def _becomes(self, draft: Draft, row: _Row, other: _Row) -> None:
        """From the last outcome down to the configuration whose context it becomes."""
        start = QPointF(row.cells[-1].center().x(), row.cells[-1].bottom())
        end = QPointF(MARGIN + 6, other.top - 1)
        path = QPainterPath(start)
        reach = max(22.0, abs(end.y() - start.y()) * 0.5)
        path.cubicTo(start + QPointF(0, reach), end - QPointF(0, reach), end)
        draft.add(Ribbon(_stroked(path, 3.0), self.strong(row.n), 0.75), Ribbon(_arrow(end, 0, 1), self.strong(row.n)))
        said = _("outcome becomes context")
        middle = path.pointAtPercent(0.42)
        wide = width_of(said, SMALL) + 8
        area = QRectF(middle.x() - wide / 2, middle.y() - LINE / 2, wide, LINE)
        draft.add(Box(area, self.ink.ground, radius=4), Words(area, said, self.ink.quiet, SMALL, align="centre"))

    def _beside(self, draft: Draft, row: _Row, other: _Row, kind: str) -> None:
        """In the margin: a rival or a refinement."""
        x, bend = MARGIN + self.room + 4, MARGIN + self.room + 26
        a, b = QPointF(x, row.top + LINE / 2), QPointF(x, other.top + LINE / 2)
        path = QPainterPath(a)
        path.cubicTo(QPointF(bend, a.y()), QPointF(bend, b.y()), b)
        draft.add(Ribbon(_stroked(path, 2.0), self.ink.quiet))
        if kind == "verfijnt":
            draft.add(Ribbon(_arrow(b, -1, 0), self.ink.quiet))
        said = f"≠ {_('rival')}" if kind == "rivaal" else _("refines")
        draft.add(Words(QRectF(bend - 2, (a.y() + b.y()) / 2 - LINE / 2, SIDE - 30, LINE), said, self.ink.quiet, SMALL))


def _told(element: ElementView) -> str:
    signs = {1: "▲ ", -1: "▼ "}.get(element.valence, "")
    text = element.text or _("still without words")
    basis = f" ({words.basis_word(element.basis)})" if element.basis != "waargenomen" else ""
    return f"{signs}{element.actor}: {text}{basis}" if element.actor else f"{signs}{text}{basis}"


def _dashes(start: float, end: float) -> list[tuple[float, float]]:
    found, at = [], start + 2
    while at < end - 2:
        found.append((at, min(at + 3, end - 2)))
        at += 6
    return found


def _stroked(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def _arrow(tip: QPointF, dx: int, dy: int) -> QPainterPath:
    """A head that points the way (dx, dy)."""
    back, aside = QPointF(-dx * 9, -dy * 9), QPointF(dy * 5, dx * 5)
    path = QPainterPath(tip)
    path.lineTo(tip + back + aside)
    path.lineTo(tip + back - aside)
    path.closeSubpath()
    return path


@dataclass(frozen=True)
class StageInk(Ink):
    """Ink in which the parts of a configuration have hues and forms of their own, as facets have elsewhere."""

    stages: tuple[str, ...] = ()

    def facet(self, name: str) -> FacetLook:
        if name not in self.stages:
            return super().facet(name)
        look = self.tokens.facets[(3, 4, 5, 1)[self.stages.index(name)]]
        if not self.is_grey:
            return look
        return FacetLook(look.form, grey(look.tint), grey(look.on_tint), grey(look.strong), look.on_strong)


def staged(ink: Ink, stages: tuple[str, ...]) -> StageInk:
    """An ink with looks for the stages."""
    return StageInk(ink.tokens, ink.ground, ink.is_grey, stages)
