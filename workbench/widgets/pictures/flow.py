"""The flow (Sankey): facets side by side, bands as wide as the number of narratieven that two codes share."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from codebook.picturing import FlowPicture, PictureCode
from workbench.i18n import _
from workbench.widgets.pictures.frame import LINE, MARGIN, Look, counted, drawn, empty, head, key
from workbench.widgets.pictures.ink import width_of
from workbench.widgets.pictures.shapes import NORMAL, Box, Draft, Drawing, Ribbon, Words

NODE = 14.0
ROW = 16.0
GAP = 5.0
LONGEST = 180.0


def flow_drawing(picture: FlowPicture, look: Look, of: str = "") -> Drawing:
    """Lay a flow out; `of` says what it is a flow of."""
    title = " → ".join(picture.facets)
    title = f"{of}: {title}" if of else title
    if not all(picture.stages):
        return empty(look, title, _("No two codes stand together this often. Lower the least number."))
    notes = [look.basis, _("A band: the narratieven that carry both codes. A narratief with several codes of a facet "
                           "runs through each of them, so bands may add up to more than the number at the code.")]
    if picture.least > 1:
        notes.append(_("Not drawn: bands of fewer than {least} narratieven.", least=picture.least))
    draft = Draft()
    made = _Flow(picture, look, head(draft, look, title, notes) + LINE + 8)
    made.draw(draft)
    return drawn(draft, look, title, notes, look.page, made.top + made.height)


class _Flow:
    def __init__(self, picture: FlowPicture, look: Look, top: float) -> None:
        self.picture, self.look, self.top = picture, look, top
        self.values = [self._through(n) for n in range(len(picture.stages))]
        longest = max(len(stage) for stage in picture.stages)
        self.height = max(look.height - top - MARGIN, longest * (ROW + GAP) * 1.25)
        self.scale = self._fitting()
        self.xs = self._columns()
        self.tops = [self._stacked(n) for n in range(len(picture.stages))]

    def _through(self, stage: int) -> list[int]:
        into = self.picture.flows[stage - 1].sum(axis=0) if stage else np.zeros(1, dtype=np.int64)
        last = stage == len(self.picture.flows)
        out = np.zeros(1, dtype=np.int64) if last else self.picture.flows[stage].sum(axis=1)
        return [int(n) for n in np.maximum(into, out)]

    def _needed(self, scale: float) -> float:
        return max(sum(max(ROW, v * scale) + GAP for v in values) for values in self.values)

    def _fitting(self) -> float:
        """Pixels per narratief, as many as the height has room for."""
        low, high = 0.0, self.height / max(1, max(max(v) for v in self.values))
        for _step in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self._needed(middle) <= self.height else (low, middle)
        return low

    def _columns(self) -> list[float]:
        first = MARGIN + self._label_width(0) + 8
        last = self.look.page - MARGIN - self._label_width(-1) - 8 - NODE
        count = len(self.picture.stages)
        return [first + (last - first) * n / max(1, count - 1) for n in range(count)]

    def _label_width(self, stage: int) -> float:
        return min(LONGEST, max(width_of(self._label(code), NORMAL) for code in self.picture.stages[stage]))

    def _label(self, code: PictureCode) -> str:
        return f"{code.label} {code.count}"

    def _stacked(self, stage: int) -> list[float]:
        """The top of every node, the stage in the middle of the height."""
        tall = [max(ROW, v * self.scale) for v in self.values[stage]]
        spare = self.height - sum(tall) - GAP * len(tall)
        gap = GAP + (spare / len(tall) if len(tall) > 1 else 0)
        y = self.top + gap / 2 - GAP / 2
        tops = []
        for one in tall:
            tops.append(y)
            y += one + gap
        return tops

    def node(self, stage: int, n: int) -> QRectF:
        """A code's bar, in the middle of its slot."""
        tall = self.values[stage][n] * self.scale
        slot = max(ROW, tall)
        return QRectF(self.xs[stage], self.tops[stage][n] + (slot - tall) / 2, NODE, max(1.0, tall))

    def draw(self, draft: Draft) -> None:
        for stage in range(len(self.picture.flows)):
            self._bands(draft, stage)
        for stage, codes in enumerate(self.picture.stages):
            self._facet_name(draft, stage)
            for n, code in enumerate(codes):
                self._node(draft, stage, n, code)

    def _facet_name(self, draft: Draft, stage: int) -> None:
        facet = self.picture.facets[stage]
        wide = width_of(facet, NORMAL, bold=True) + 18
        x = self.xs[stage]
        if stage == len(self.xs) - 1:
            x += NODE - wide
        key(draft, self.look, x, self.top - LINE - 8, [facet])

    def _bands(self, draft: Draft, stage: int) -> None:
        counts = self.picture.flows[stage]
        left = [self.node(stage, n).top() for n in range(len(counts))]
        right = [self.node(stage + 1, n).top() for n in range(counts.shape[1])]
        style = self.look.ink.facet(self.picture.facets[stage])
        for a, one in enumerate(self.picture.stages[stage]):
            for b, other in enumerate(self.picture.stages[stage + 1]):
                count = int(counts[a, b])
                if count:
                    tall = count * self.scale
                    path = self._band(stage, left[a], right[b], tall)
                    draft.add(Ribbon(path, style.strong, 0.34))
                    draft.mark(path, counted([one.label, other.label], count), (one.id, other.id))
                    left[a] += tall
                    right[b] += tall

    def _band(self, stage: int, left: float, right: float, tall: float) -> QPainterPath:
        begin, end = self.xs[stage] + NODE, self.xs[stage + 1]
        middle = (begin + end) / 2
        path = QPainterPath(QPointF(begin, left))
        path.cubicTo(QPointF(middle, left), QPointF(middle, right), QPointF(end, right))
        path.lineTo(QPointF(end, right + tall))
        path.cubicTo(QPointF(middle, right + tall), QPointF(middle, left + tall), QPointF(begin, left + tall))
        path.closeSubpath()
        return path

    def _node(self, draft: Draft, stage: int, n: int, code: PictureCode) -> None:
        ink, bar = self.look.ink, self.node(stage, n)
        wide = min(LONGEST, width_of(self._label(code), NORMAL))
        before = stage == 0
        x = bar.left() - 8 - wide if before else bar.right() + 8
        words = QRectF(x, bar.center().y() - ROW / 2, wide, ROW)
        if 0 < stage < len(self.xs) - 1:
            draft.add(Box(words.adjusted(-4, 0, 4, 0), ink.ground, radius=4))
        draft.add(Box(bar, ink.facet(code.facet).strong),
                  Words(words, self._label(code), ink.text, align="right" if before else "left"))
        spoken = counted([f"{code.facet} {code.label}"], code.count)
        draft.mark(bar.united(words).adjusted(-3, 0, 3, 0), spoken, (code.id,))
