"""Which steps of the trail are shown: person, kind of thing, document, code, time, words."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from codebook import trail
from codebook.trail import ANALYSIS, THINGS, Wanted
from corpora.store.base import now
from workbench.i18n import _
from workbench.project import OpenProject
from workbench.theme import theme

PAUSE_MILLISECONDS = 250
BETWEEN = "between"


def thing_names() -> dict[str, str]:
    """The kinds of things in the language in force."""
    return {"codings": _("codings"), "decisions": _("decisions"), "memos": _("memos and quotes"),
            "codebook": _("codebook"), "narratieven": _("narratieven"), "material": _("material"),
            "questions": _("questions and grids"), "team": _("team"), "practice": _("practice"),
            ANALYSIS: _("CMO, patterns and report")}


class TrailFilter(QWidget):
    """`changed()` when other steps are wanted."""

    changed = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.who, self.thing, self.document, self.code = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.period, self.since, self.until = QComboBox(), QDateEdit(), QDateEdit()
        self.words = QLineEdit()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._prepare()
        self._arrange()
        self.read_names()

    def _prepare(self) -> None:
        for box, name in ((self.who, _("Who")), (self.thing, _("What kind of thing")), (self.document, _("Document")),
                          (self.code, _("Code")), (self.period, _("When"))):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(13)
            box.activated.connect(lambda _index: self._choose())
        for value, words in (("", _("any time")), ("0", _("today")), ("6", _("last 7 days")), ("29", _("last 30 days")),
                             (BETWEEN, _("between two days"))):
            self.period.addItem(words, value)
        for edit, name in ((self.since, _("From this day")), (self.until, _("Up to and including this day"))):
            edit.setCalendarPopup(True)
            edit.setDate(QDate.currentDate())
            edit.setAccessibleName(name)
            edit.setToolTip(name)
            edit.dateChanged.connect(lambda _date: self.changed.emit())
            edit.hide()
        self.words.setPlaceholderText(_("Words in what was done…"))
        self.words.setAccessibleName(_("Words in what was done"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self.changed)

    def _arrange(self) -> None:
        box, first, second, px = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout(), theme().px
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for row in (first, second):
            row.setSpacing(px(8))
            box.addLayout(row)
        for widget in (self.who, self.thing, self.document, self.code):
            first.addWidget(widget, 1)
        second.addWidget(self.words, 1)
        second.addWidget(self.period)
        self._and = QLabel(_("to"))
        self._and.hide()
        for part in (self.since, self._and, self.until):
            second.addWidget(part)
        self.setFocusProxy(self.words)

    def read_names(self) -> None:
        """Offer the persons, documents and codes that there are; what is chosen stays."""
        catalogue = self._opened.reading.catalogue
        facets = {f.id: f.label for f in catalogue.facets}
        with self._opened.project.read() as session:
            people = trail.authors(session)
        _offer(self.who, [("", _("everybody")), *((name, name or "–") for name in people)])
        _offer(self.thing, [("", _("everything")), *((key, thing_names()[key]) for key in (*THINGS, ANALYSIS))])
        _offer(self.document, [(None, _("all documents")), *((d.id, d.title) for d in catalogue.documents)])
        _offer(self.code, [(None, _("all codes")), *((c.id, f"{facets[c.facet_id]}: {c.label}")
                                                     for c in catalogue.codes)])

    def _choose(self) -> None:
        between = self.period.currentData() == BETWEEN
        for part in (self.since, self._and, self.until):
            part.setVisible(between)
        self.changed.emit()

    def wanted(self) -> Wanted:
        """What is chosen."""
        since, until = self._between()
        return Wanted(self.who.currentData() or "", self.thing.currentData() or "", since, until,
                      self.document.currentData(), self.code.currentData(), self.words.text())

    def _between(self) -> tuple[datetime | None, datetime | None]:
        period = str(self.period.currentData() or "")
        if period == BETWEEN:
            return _midnight(self.since.date()), _midnight(self.until.date().addDays(1))
        if not period:
            return None, None
        today = now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        return (today - timedelta(days=int(period))).astimezone(UTC), None


def _midnight(day: QDate) -> datetime:
    return datetime.combine(datetime(day.year(), day.month(), day.day()), time.min).astimezone().astimezone(UTC)


def _offer(box: QComboBox, choices: list[tuple[Any, str]]) -> None:
    chosen = box.currentData() if box.count() else choices[0][0]
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
        box.setItemData(box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, next((n for n, (value, _w) in enumerate(choices) if value == chosen), 0)))
