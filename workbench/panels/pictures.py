"""Beelden: six pictures of the codes, each mark of which opens its narratieven."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from codebook import asking, picturing
from codebook.picturing import Wanted
from codebook.query.algebra import Expression
from codebook.query.text import to_text
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import QuestionNames, in_words, narratieven, result_line, whose
from workbench.panels.pictures_codes import CodesChoice
from workbench.panels.pictures_kinds import Kind, Made, count, kinds
from workbench.project import OpenProject
from workbench.shared.choices import Choice, Choices
from workbench.shared.found import FoundList, beside
from workbench.shared.picture_saving import ask_picture_file, save_picture
from workbench.shared.textline import QuestionLine
from workbench.theme import theme
from workbench.widgets.pictures.files import PAPER
from workbench.widgets.pictures.frame import Look
from workbench.widgets.pictures.ink import paper_ink, screen_ink
from workbench.widgets.pictures.shapes import Drawing, Mark
from workbench.widgets.pictures.view import PictureView

ORDER = ("WAT", "WIE", "HOE")


class PicturesPage(QWidget):
    """`openNarratief(id)`. The kinds are tabs; each keeps its own least number."""

    openNarratief = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._names = QuestionNames()
        self._where: Expression | None = None
        self._mark: Mark | None = None
        self._made = Made(0, lambda look: Drawing(look.width, look.height, look.ink.ground, ()))
        self.kinds, self.tabs = kinds(), QTabBar()
        self._least = {kind.key: kind.least or 0 for kind in self.kinds}
        self.choices, self.codes = Choices(with_unit=False), CodesChoice()
        self.facets = tuple(Choice(name) for name in (_("First facet"), _("Middle facet"), _("Last facet")))
        self.document, self.least = Choice(_("Document")), QSpinBox()
        self._facet_words, self._least_words = QLabel(_("Facets")), QLabel(_("At least"))
        self.grey, self.save = QCheckBox(_("In grey")), QPushButton(_("Save picture…"))
        self.filter = QuestionLine(_("Only narratieven for which… (nothing: all)"))
        self.view, self.pointed, self.found = PictureView(), QLabel(), FoundList(opened)
        self._prepare()
        self._arrange()
        self._connect()

    def _prepare(self) -> None:
        for n, kind in enumerate(self.kinds):
            self.tabs.addTab(kind.title)
            self.tabs.setTabToolTip(n, kind.told)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Kind of picture"))
        self.document.setMaximumWidth(theme().px(260))
        self.least.setRange(0, 99_999)
        self.least.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.least.setFixedWidth(theme().px(84))
        self.least.setAccessibleName(_("Least number of narratieven"))
        self.least.setToolTip(_("What occurs in fewer narratieven is not drawn   ↑ ↓"))
        self.grey.setToolTip(_("See and save the picture as it will be without colour"))
        self.save.setToolTip(_("Write the picture as SVG, or as PNG for print (300 dpi, white paper)"))
        for quiet in (self.pointed, self._facet_words, self._least_words):
            quiet.setProperty("role", "quiet")
        self._facet_words.setBuddy(self.facets[0])
        self._least_words.setBuddy(self.least)
        self.found.set_empty_text(_("Click a part of the picture to read its narratieven here. Or go there with the "
                                    "arrow keys and press Enter."))

    def _arrange(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        top, row = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(px(16))
        top.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.filter, 1, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.choices, 0, Qt.AlignmentFlag.AlignTop)
        row.setSpacing(px(12))
        for widget in (self._facet_words, *self.facets, self.document, self.codes, self._least_words, self.least):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.grey)
        row.addWidget(self.save)
        for line in (top, row):
            outer.addLayout(line)
        outer.addWidget(beside(((self.view, 1), (self.pointed, 0)), self.found, 780, 370), 1)

    def _connect(self) -> None:
        for choice in (*self.facets, self.document):
            choice.picked.connect(self.refresh)
        for changed in (self.choices.changed, self.codes.changed):
            changed.connect(self.refresh)
        self.tabs.currentChanged.connect(lambda _index: self._kind_changed())
        self.least.valueChanged.connect(self._least_changed)
        self.grey.toggled.connect(lambda _on: self.view.draw())
        self.save.clicked.connect(self._ask_file)
        self.filter.typed.connect(self._confine)
        self.view.activated.connect(self._open)
        self.view.pointed.connect(self.pointed.setText)
        self.found.openNarratief.connect(self.openNarratief)
        self._offer()

    # choices

    def kind(self) -> Kind:
        """The kind of picture that is shown."""
        return self.kinds[max(0, self.tabs.currentIndex())]

    def show_kind(self, key: str) -> None:
        """Show another kind of picture."""
        self.tabs.setCurrentIndex([kind.key for kind in self.kinds].index(key))

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self._names = names
        self.choices.set_names(names)
        self.found.set_names(names)
        self.codes.set_facets(names.facets)
        self.document.offer([(str(d.id), d.title) for d in names.catalogue.documents])
        labels = [f.name for f in names.facets]
        for n, choice in enumerate(self.facets):
            first = not choice.count()
            choice.offer([*([("", _("none"))] if n == 1 else []), *((label, label) for label in labels)])
            if first and labels:
                choice.choose(ORDER[n] if ORDER[n] in labels else labels[min(n, len(labels) - 1)])

    def _kind_changed(self) -> None:
        self._mark = None
        self.pointed.clear()
        self._offer()
        self.refresh()
        self.view.verticalScrollBar().setValue(0)

    def _offer(self) -> None:
        """Show the choices of this kind only."""
        kind = self.kind()
        for n, choice in enumerate(self.facets):
            choice.setVisible(kind.facets > (0, 2, 0)[n])
        self._facet_words.setVisible(kind.facets > 0)
        self.document.setVisible(kind.of_document)
        for widget in (self.least, self._least_words):
            widget.setVisible(kind.least is not None)
        self.least.blockSignals(True)
        self.least.setSpecialValueText(_("clear") if kind.finds_least else "")
        self.least.setValue(self._least[kind.key])
        self.least.blockSignals(False)

    def _least_changed(self, least: int) -> None:
        self._least[self.kind().key] = least
        self.refresh()

    def _confine(self, expression: Expression | None) -> None:
        self._where = expression
        self.refresh()

    def wanted(self) -> Wanted:
        """What is to be drawn."""
        chosen = [choice.value() for n, choice in enumerate(self.facets) if n != 1 or self.kind().facets == 3]
        facets = tuple(f for f in chosen if f) if self.kind().facets else self.codes.facets()
        return Wanted(facets, self.codes.left_out(), self._least[self.kind().key], self.choices.codings.value(),
                      None if self._where is None else to_text(self._where))

    # the picture

    def refresh(self) -> None:
        """Count again; what is open beside the picture is read again too."""
        self.save.setEnabled(bool(self._names.facets))
        if not self._names.facets:
            self.pointed.setText(_("There are no codes to draw yet. Make codes first, or import a codebook."))
            return
        wanted = self.wanted()
        try:
            self._made = count(self.kind().key, self._opened.reading, wanted, self._document(), self._asker.text)
            self.filter.show_error(None)
        except Waiting:
            self.pointed.setText(_("Searching the texts…"))
            return
        except NarratiefError as error:
            self.filter.show_error(error)
            return
        self.view.set_drawer(lambda width, height: self.drawing(width, height))
        held = self._mark.key if self._mark is not None else None
        self._mark = next((mark for mark in self.view.drawing.marks if mark.key == held), None)
        if self._mark is not None:
            self._open(self._mark)
        else:
            self.found.show_found("", ())

    def _document(self) -> int:
        return int(self.document.value() or 0)

    def drawing(self, width: float, height: float, on_paper: bool = False) -> Drawing:
        """The picture laid out for a room."""
        ink = (paper_ink if on_paper else screen_ink)(self.grey.isChecked())
        numbers = {int(str(c.id)): c.number for f in self._names.facets for c in f.codes}
        return self._made.draw(Look(ink, width, height, self._basis(), numbers))

    def _basis(self) -> str:
        wanted, kind = self.wanted(), self.kind()
        said = [_("n = {units} · {whose}.", units=narratieven(self._made.n), whose=whose(wanted.codings))]
        if wanted.where is not None:
            said.append(_("Only: {question}.", question=in_words(wanted.where)))
        if wanted.left_out:
            said.append(_("Of the codes: {chosen}.", chosen=self.codes.text()))
        if kind.least is not None and not kind.finds_least and wanted.least > 1:
            said.append(_("Not drawn: codes of fewer than {least} narratieven.", least=wanted.least))
        return " ".join(said)

    def _open(self, mark: Mark) -> None:
        """Show the narratieven of a mark beside the picture."""
        self._mark = mark
        reading, wanted = self._opened.reading, self.wanted()
        ids = [mark.narratief] if mark.narratief is not None else picturing.behind(
            reading, wanted, mark.codes, self._document() if mark.of_document else None, self._asker.text)
        slots = reading.index.slots_of(ids).astype("int64")
        line = result_line(len(ids), reading.index.document_count(slots), asking.people(reading).count(slots),
                           wanted.codings)
        self.found.show_found(line, ids, wanted.codings, title=mark.spoken)

    # files

    def _ask_file(self) -> None:
        path = ask_picture_file(self._opened, self, self.drawing(*PAPER, on_paper=True).title)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the picture for print, on white paper."""
        save_picture(self._opened, self.drawing(*PAPER, on_paper=True), path)
