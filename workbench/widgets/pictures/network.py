"""The code network: a form per code, a line between codes of the same narratieven."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from codebook.analysis.network import force_layout, moved_apart, spread
from codebook.picturing import NetworkPicture, Tie
from workbench.i18n import _
from workbench.widgets.pictures.frame import MARGIN, Look, counted, drawn, empty, head
from workbench.widgets.pictures.ink import width_of, wrapped
from workbench.widgets.pictures.shapes import SMALL, Box, Draft, Drawing, Form, Line, Words

LABEL = 112.0
ROW = 14.0
GAP = 10.0
#: Nodes with their labels take up no more of the area than this, so that the lines can be seen.
FILLED = 0.34


def network_drawing(picture: NetworkPicture, look: Look) -> Drawing:
    """Lay a network out."""
    title = _("Which codes stand together")
    if not picture.nodes:
        return empty(look, title, _("No two codes stand together this often. Lower the least number."))
    facets = tuple(dict.fromkeys(node.facet for node in picture.nodes))
    notes = [look.basis, _("A line: both codes in at least {least} narratieven; the number says in how many. The "
                           "larger the form, the more narratieven carry the code.", least=picture.least)]
    if picture.alone:
        notes.append(_("Not drawn, as it has no such line: 1 code.") if len(picture.alone) == 1 else
                     _("Not drawn, as they have no such line: {n} codes.", n=len(picture.alone)))
    draft = Draft()
    net = _Net(picture, look, head(draft, look, title, notes, facets))
    net.draw(draft)
    return drawn(draft, look, title, notes, look.page, net.top + net.height)


class _Net:
    def __init__(self, picture: NetworkPicture, look: Look, top: float) -> None:
        self.picture, self.look, self.top = picture, look, top
        most = max(node.count for node in picture.nodes)
        self.sides = [14 + 22 * math.sqrt(node.count / max(1, most)) for node in picture.nodes]
        self.labels = [wrapped(node.label, LABEL, SMALL)[:3] for node in picture.nodes]
        self.sizes = np.array([self._size(n) for n in range(len(picture.nodes))])
        self.width = look.page - 2 * MARGIN
        filled = float((self.sizes[:, 0] * self.sizes[:, 1]).sum())
        self.height = max(look.height - top - MARGIN, filled / FILLED / self.width, 260.0)
        self.centres = self._places()

    def _size(self, node: int) -> tuple[float, float]:
        wide = max([self.sides[node], *(width_of(line, SMALL) for line in self.labels[node])])
        return wide + GAP, self.sides[node] + 3 + ROW * len(self.labels[node]) + GAP

    def _places(self) -> list[QPointF]:
        inner = np.array([self.width, self.height]) - self.sizes.max(axis=0)
        unit = spread(force_layout(self.picture.matrix()))
        wanted = unit * np.maximum(inner, 1) + self.sizes.max(axis=0) / 2
        placed = moved_apart(wanted, self.sizes, self.width, self.height)
        return [QPointF(MARGIN + x, self.top + y) for x, y in placed.tolist()]

    def body(self, node: int) -> QRectF:
        """Form and label together."""
        wide, tall = self.sizes[node] - GAP
        return QRectF(self.centres[node].x() - wide / 2, self.centres[node].y() - tall / 2, wide, tall)

    def form(self, node: int) -> QRectF:
        """The form alone, above its label."""
        side = self.sides[node]
        return QRectF(self.centres[node].x() - side / 2, self.body(node).top(), side, side)

    def draw(self, draft: Draft) -> None:
        ties = sorted(self.picture.ties, key=lambda t: t.count)
        for tie in ties:
            self._line(draft, tie)
        for node in range(len(self.picture.nodes)):
            self._node(draft, node)
        self._numbers(draft, list(reversed(ties)))

    def _line(self, draft: Draft, tie: Tie) -> None:
        start, end = self.form(tie.one).center(), self.form(tie.other).center()
        most = max(t.count for t in self.picture.ties)
        width, colour = 1 + 7 * tie.count / most, self.look.ink.colour(self.look.ink.tokens.edge)
        draft.add(Line(start, end, colour, width, 0.3 + 0.4 * tie.count / most))
        path, stroker = QPainterPath(start), QPainterPathStroker()
        path.lineTo(end)
        stroker.setWidth(max(7.0, width))
        one, other = self.picture.nodes[tie.one], self.picture.nodes[tie.other]
        draft.mark(stroker.createStroke(path), counted([one.label, other.label], tie.count), (one.id, other.id))

    def _node(self, draft: Draft, node: int) -> None:
        code, ink, body = self.picture.nodes[node], self.look.ink, self.body(node)
        y = self.form(node).bottom() + 3
        lines = self.labels[node]
        wide = max(width_of(line, SMALL) for line in lines)
        backing = QRectF(self.centres[node].x() - wide / 2 - 2, y, wide + 4, ROW * len(lines))
        draft.add(Box(backing, ink.ground, radius=3))
        style = ink.facet(code.facet)
        draft.add(Form(style.form, self.form(node).adjusted(-2, -2, 2, 2), ink.ground),
                  Form(style.form, self.form(node), style.strong))
        for line in lines:
            draft.add(Words(QRectF(body.left() - 2, y, body.width() + 4, ROW), line, ink.text, SMALL, "centre"))
            y += ROW
        draft.mark(body, counted([f"{code.facet} {code.label}"], code.count), (code.id,))

    def _numbers(self, draft: Draft, ties: list[Tie]) -> None:
        """The count of each line where there is room for it, those of the strongest lines first."""
        taken = [self.body(node).adjusted(-2, -2, 2, 2) for node in range(len(self.picture.nodes))]
        for tie in ties:
            start, end = self.form(tie.one).center(), self.form(tie.other).center()
            wide = width_of(str(tie.count), SMALL) + 4
            for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
                at = start + (end - start) * share
                area = QRectF(at.x() - wide / 2, at.y() - 7, wide, 14)
                if not any(area.intersects(other) for other in taken):
                    taken.append(area)
                    draft.add(Box(area, self.look.ink.ground, radius=4),
                              Words(area, str(tie.count), self.look.ink.quiet, SMALL, "centre"))
                    break


