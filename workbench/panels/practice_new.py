"""The strip that makes a practice set: which narratieven, how many, and whose codes are the key."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from sqlalchemy import select

from codebook import practice, questions
from codebook.blind import RESEARCHER
from codebook.models import Coder, Coding
from codebook.query.algebra import Property
from codebook.query.index import ANY
from codebook.query.text import to_text
from codebook.query.units import Unit
from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.question_names import UNITS
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button, quiet

OWN = "own"
DECIDED_KEY = 0
Asked = tuple[str, Unit, str]
"""An expression, its unit, whose codings count."""


class NewSet(QFrame):
    """`made(set id)` or `left()`."""

    made = Signal(int)
    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.setProperty("role", "card")
        self.name, self.expression = QLineEdit(), QLineEdit()
        self.source, self.key, self.most = QComboBox(), QComboBox(), QSpinBox()
        self.said = quiet()
        self.make = button(_("Make the set"), self.make_set, role="primary")
        self._prepare()
        self._arrange()
        self.hide()

    def _prepare(self) -> None:
        self.name.setPlaceholderText(_("Name of the set"))
        self.expression.setPlaceholderText(_("A question, such as facilitator and positief"))
        self.most.setRange(0, 999)
        self.most.setValue(12)
        self.most.setSpecialValueText(_("all"))
        for widget, name in ((self.name, _("Name of the set")), (self.source, _("Which narratieven")),
                             (self.expression, _("A question of your own")), (self.key, _("Whose codes are the key")),
                             (self.most, _("At most so many, drawn by chance"))):
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        self.source.setMinimumWidth(theme().px(260))
        self.source.activated.connect(lambda _index: self._source_chosen())
        self.key.activated.connect(lambda _index: self.count())
        self.most.valueChanged.connect(lambda _value: self.count())
        self.expression.editingFinished.connect(self.count)
        self.name.textChanged.connect(lambda _text: self._enable())
        self._ids: list[int] = []

    def _arrange(self) -> None:
        px, box, first, second, last = theme().px, QVBoxLayout(self), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        box.setContentsMargins(px(12), px(8), px(12), px(8))
        box.setSpacing(px(8))
        for row in (first, second, last):
            row.setSpacing(px(8))
            box.addLayout(row)
        first.addWidget(self.name, 1)
        for words, widget in ((_("Key"), self.key), (_("at most"), self.most)):
            name = QLabel(words)
            name.setBuddy(widget)
            first.addWidget(name)
            first.addWidget(widget)
        from_label = QLabel(_("Taken from"))
        from_label.setBuddy(self.source)
        second.addWidget(from_label)
        second.addWidget(self.source)
        second.addWidget(self.expression, 1)
        second.addStretch(1)
        last.addWidget(self.said, 1)
        last.addWidget(button(_("Not now"), self.left.emit, "Esc", "link"))
        last.addWidget(self.make)

    def ask(self) -> None:
        """Offer what the project has to choose from."""
        self.source.clear()
        self.key.clear()
        catalogue = self._opened.reading.catalogue
        with self._opened.project.read() as session:
            saved = [(q.name, (q.expression, _unit(q.unit), q.codings or ANY)) for q in questions.queries(session)]
            coders = sorted(session.query(Coder), key=lambda c: (c.role != RESEARCHER, c.name))
            self.source.addItem(_("the whole study"), ("", "narratief", ANY))
            for name, asked in saved:
                self.source.addItem(_("question: {name}", name=name), asked)
            for kept in (q for q in catalogue.saved if q.narratief_ids is not None):
                self.source.addItem(_("momentopname: {name}", name=kept.name), _property("query", kept.name))
            for document in catalogue.documents:
                self.source.addItem(_("document: {name}", name=document.title), _property("document", document.title))
            self.source.addItem(_("a question of your own"), OWN)
            for coder in coders:
                self.key.addItem(coder.name, coder.id)
            coded = set(session.scalars(select(Coding.coder_id).distinct()))
        self.key.addItem(_("the decided set"), DECIDED_KEY)
        # who coded nothing makes no key, so the first who did is proposed
        self.key.setCurrentIndex(next((n for n, coder in enumerate(coders) if coder.id in coded), 0))
        self.show()
        self._source_chosen()
        self.name.setFocus()

    def _source_chosen(self) -> None:
        self.expression.setVisible(self.source.currentData() == OWN)
        self.count()

    def key_id(self) -> int | None:
        """The coder whose codes are the key; None for the decided set."""
        return int(self.key.currentData() or 0) or None

    def count(self) -> None:
        """Find the narratieven, draw from them, and say how many there are."""
        try:
            found = self._asked()
        except NarratiefError as error:
            self._ids = []
            self.said.setText(_(error.message))
        else:
            with self._opened.project.read() as session:
                keyed = practice.coded_by(session, found, self.key_id())
            self._ids = _drawn(keyed, self.most.value(), self._opened.seed)
            self.said.setText(_("{found} narratieven, {keyed} of them coded by the key; {n} in the set.",
                                found=len(found), keyed=len(keyed), n=len(self._ids)))
        self._enable()

    def _asked(self) -> list[int]:
        data, reading = self.source.currentData(), self._opened.reading
        asked: Asked = (self.expression.text(), "narratief", ANY) if data == OWN else data
        expression, unit, codings = asked
        if data != OWN and not expression:
            found: list[int] = reading.index.ids(reading.index.live).tolist()
        else:
            found = reading.ask(expression, unit=unit, codings=codings).ids.tolist()
        return found

    def _enable(self) -> None:
        self.make.setEnabled(bool(self._ids) and bool(self.name.text().strip()))

    def make_set(self) -> None:
        """Make it."""
        name = " ".join(self.name.text().split())
        made = self._opened.do(message("Practice set «{name}»", name=name), practice.make_set, name, self._ids,
                               self.key_id())
        if made is not None:
            self.name.clear()
            self.made.emit(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.make.isEnabled():
            self.make_set()
        else:
            super().keyPressEvent(event)


def _unit(name: str) -> Unit:
    return next((unit for unit in UNITS if unit == name), "narratief")


def _property(name: str, value: str) -> Asked:
    kind: object = name
    return to_text(Property(kind, value)), "narratief", ANY  # type: ignore[arg-type]


def _drawn(ids: list[int], most: int, seed: int) -> list[int]:
    """At most so many, drawn by chance and in their own order."""
    if not most or len(ids) <= most:
        return ids
    chosen = set(random.Random(seed).sample(ids, most))
    return [n for n in ids if n in chosen]
