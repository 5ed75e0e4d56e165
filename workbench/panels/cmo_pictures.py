"""Pictures of the kernelement in hand: how its narratieven run from context to outcome, and its configurations with
their links; to look at, to point at, and to save for a report."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from codebook.cmo_counts import ROLES
from codebook.cmo_views import ConfigurationView, configurations
from codebook.picturing import FlowPicture, PictureCode
from codebook.query import bits
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import BOARD, COUNTED, Counting
from workbench.itemmodels.question_names import QuestionNames, documents, narratieven, respondents, whose
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.found import FoundList, beside
from workbench.shared.picture_saving import ask_picture_file, save_picture
from workbench.theme import theme
from workbench.widgets.board.words import role_word
from workbench.widgets.pictures.chain import chain_drawing, staged
from workbench.widgets.pictures.files import PAPER
from workbench.widgets.pictures.flow import flow_drawing
from workbench.widgets.pictures.frame import Look, empty
from workbench.widgets.pictures.ink import paper_ink, screen_ink
from workbench.widgets.pictures.shapes import Drawing, Mark
from workbench.widgets.pictures.view import PictureView

FLOW, CHAIN = "flow", "chain"


class CmoPicturesPage(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    follows = COUNTED | BOARD

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.kernelement = 0
        self._mark: Mark | None = None
        self._shown: list[ConfigurationView] = []
        self.kind = Choice(_("Kind of picture"))
        self.grey, self.save = QCheckBox(_("In grey")), QPushButton(_("Save picture…"))
        self.view, self.pointed, self.found = PictureView(), QLabel(), FoundList(opened)
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.kind.offer([(FLOW, _("Flow of the codes: C → M → O")), (CHAIN, _("Configurations and their chain"))])
        self.grey.setToolTip(_("See and save the picture as it will be without colour"))
        self.save.setToolTip(_("Write the picture as SVG, or as PNG for print (300 dpi, white paper)"))
        self.pointed.setProperty("role", "quiet")
        self.found.set_empty_text(_("No narratief stands behind this part."))
        self.found.hide()
        self.view.sheet.setToolTip(_("Click a part of the picture, or go there with the arrow keys and press Enter, to "
                                     "read its narratieven"))
        self.kind.picked.connect(self._another)
        self.grey.toggled.connect(lambda _on: self.view.draw())
        self.save.clicked.connect(self._ask_file)
        self.view.activated.connect(self._open)
        self.view.pointed.connect(self.pointed.setText)
        self.found.openNarratief.connect(self.openNarratief)
        self.found.readWanted.connect(self.readWanted)
        self.setFocusProxy(self.view)

    def _arrange(self) -> None:
        px, outer, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        row.setSpacing(px(12))
        row.addWidget(self.kind)
        row.addStretch(1)
        row.addWidget(self.grey)
        row.addWidget(self.save)
        outer.addLayout(row)
        outer.addWidget(beside(((self.view, 1), (self.pointed, 0)), self.found, 660, 310), 1)

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self.found.set_names(names)

    def show_kernelement(self, number: int) -> None:
        """Show the picture of a kernelement."""
        if number != self.kernelement:
            self._mark = None
        self.kernelement = number
        self.refresh()

    def show_kind(self, kind: str) -> None:
        """Show the flow or the chain."""
        self.kind.choose(kind)
        self._another()

    def _another(self) -> None:
        self._mark = None
        self.pointed.clear()
        self.refresh()
        self.view.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Count and draw again; what is open beside the picture is read again too."""
        if not any(one.id == self.kernelement for one in self._counting.board.kernelementen):
            return
        with self._opened.project.read() as session:
            self._shown = configurations(session, self.kernelement)
        self.view.set_drawer(lambda width, height: self.drawing(width, height))
        held = self._mark.key if self._mark is not None else None
        self._mark = next((mark for mark in self.view.drawing.marks if mark.key == held), None)
        if self._mark is not None:
            self._open(self._mark)
        else:
            self.found.hide()

    # the picture

    def drawing(self, width: float, height: float, on_paper: bool = False) -> Drawing:
        """The picture laid out for a room."""
        ink = (paper_ink if on_paper else screen_ink)(self.grey.isChecked())
        name = self._counting.label(self.kernelement)
        if not name:
            # Taken away; a picture that waits for its new size is drawn once more.
            return Drawing(width, height, ink.ground, ())
        cell = self._counting.board.cell(self.kernelement)
        basis = _("n = {units} · {whose}.", units=narratieven(cell.narratieven), whose=whose(self._counting.codings))
        look = Look(ink, width, height, basis)
        if self.kind.value() == CHAIN:
            return chain_drawing(name, self._shown, replace(look, basis=self._configurations_counted()))
        picture = self.flow()
        stages = (*tuple(role_word(role) for role in ROLES[:3]), _("Actor"))
        look = replace(look, ink=staged(ink, stages))
        if len(picture.facets) < 2:
            return empty(look, name, _("The narratieven of this kernelement carry no codes of two parts together yet."))
        missing = [stage for stage in stages if stage not in picture.facets]
        if missing:
            look = replace(look, basis=f"{basis} {_('Not coded here: {parts}.', parts=', '.join(missing))}")
        return flow_drawing(picture, look, name)

    def _configurations_counted(self) -> str:
        n = len(self._shown)
        return _("1 configuration.") if n == 1 else _("{n} configurations.", n=n)

    def flow(self) -> FlowPicture:
        """The codes of the kernelement's narratieven, part by part; parts without codes are left out."""
        board, index = self._counting.board, self._opened.reading.index
        codings, whole = self._opened.reading.codings(self._counting.codings), board.matrix(self.kernelement).whole
        wanted = [(role_word(role), board.roles()[role]) for role in ROLES[:3]] + [(_("Actor"), list(board.actors))]
        stages, sets = [], []
        for name, code_ids in wanted:
            held = [(code, index.column(code, codings) & whole) for code in code_ids]
            found = [(code, inside) for code, inside in held if bits.count(inside)]
            if found:
                stages.append(tuple(PictureCode(c, name, board.labels[c], bits.count(inside)) for c, inside in found))
                sets.append([inside for _code, inside in found])
        flows = tuple(np.array([[bits.count(a & b) for b in right] for a in left], dtype=np.int64)
                      for left, right in itertools.pairwise(sets))
        return FlowPicture(tuple(stage[0].facet for stage in stages), tuple(stages), flows, 1, bits.count(whole))

    def _open(self, mark: Mark) -> None:
        """Show the narratieven of a mark beside the picture."""
        self._mark = mark
        board = self._counting.board
        ids = self._of_configuration(mark) if self.kind.value() == CHAIN else self._of_codes(mark)
        found = board.sources_of(ids)
        line = _("{narratieven} in {documents}, {respondents}", narratieven=narratieven(found.narratieven),
                 documents=documents(found.documents), respondents=respondents(found.respondents))
        self.found.show_found(line, ids, self._counting.codings, title=mark.spoken)
        self.found.show()

    def _of_codes(self, mark: Mark) -> list[int]:
        index, codings = self._opened.reading.index, self._opened.reading.codings(self._counting.codings)
        held = self._counting.board.matrix(self.kernelement).whole
        for code in mark.codes:
            held = held & index.column(code, codings)
        return [int(n) for n in index.ids(held)]

    def _of_configuration(self, mark: Mark) -> list[int]:
        number, element_id = mark.codes
        one = next((c for c in self._shown if c.id == number), None)
        if one is None:
            return []
        evidence = next((e.evidence for e in one.elements if e.id == element_id), one.all_evidence)
        index = self._opened.reading.index
        return [int(n) for n in index.ids(index.of_ids(list({e.narratief_id for e in evidence if not e.is_lost})))]

    # files

    def _ask_file(self) -> None:
        path = ask_picture_file(self._opened, self, self.drawing(*PAPER, on_paper=True).title)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the picture for print, on white paper."""
        save_picture(self._opened, self.drawing(*PAPER, on_paper=True), path)
