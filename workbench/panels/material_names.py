"""Names out of the texts: suggested, decided by a person one by one or by kind, replaced in one step."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from codebook import library
from corpora import documents, pseudonyms
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.models import NameDecision, Pseudonym
from corpora.naming import Suggestion
from corpora.pseudonym_places import places_of
from workbench import name_jobs
from workbench.i18n import _
from workbench.itemmodels.names import KIND, NamesModel, name_kinds
from workbench.jobs import Job, jobs
from workbench.panels.material_parts import ChoiceDelegate, Strip, button, choose_row, key, quiet, table_view
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState

WIDTHS = (36, 160, 96, 64, 112, 120)
AROUND = 70
LINES = 40


class NamesPage(QWidget):
    """`keyWanted` to see the key of names."""

    keyWanted = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._texts: dict[str, str] = {}
        self._job: Job | None = None
        self.searched = self._checking = self._check_again = False
        self.model, self.table = NamesModel(self), table_view(_("Suggested names"))
        self.context, self.by_hand, self.hand_kind = QTextBrowser(), QLineEdit(), QComboBox()
        self.warning = Strip(_("Replace them here too"), self.replace_known)
        self._told, self._stack = quiet(), QStackedWidget()
        self.replace_button = button("", self.replace, "Ctrl+Enter", "primary")
        self._empty = EmptyState(_("The program looks for names of people, places and organisations; you decide which "
                                   "are replaced."), _("Look for names"), "pseudonym")
        self._build()
        self._connect()
        self._show_state()

    def _build(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        box.addWidget(self.warning)
        box.addWidget(self._stack, 1)
        page, splitter = QWidget(), QSplitter()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addLayout(self._tools())
        inner.addWidget(splitter, 1)
        inner.addLayout(self._foot())
        splitter.addWidget(self.table)
        splitter.addWidget(self.context)
        splitter.setSizes([px(640), px(420)])
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self.context.setAccessibleName(_("Where the name stands"))

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(button(_("Look again"), self.search, "F5"))
        for kind, text in (("persoon", _("Accept all people")), ("plaats", _("Accept all places")),
                           ("organisatie", _("Accept all organisations"))):
            row.addWidget(button(text, partial(self.accept_kind, kind)))
        row.addStretch(1)
        self.by_hand.setPlaceholderText(_("A name that is missing"))
        self.by_hand.setAccessibleName(self.by_hand.placeholderText())
        self.by_hand.setToolTip(_("Type it and press Enter"))
        self.by_hand.setMinimumWidth(theme().px(190))
        for value, name in name_kinds().items():
            self.hand_kind.addItem(name, value)
        self.hand_kind.setAccessibleName(_("Kind"))
        row.addWidget(self.by_hand)
        row.addWidget(self.hand_kind)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        row.addWidget(button(_("The key of names"), self.keyWanted.emit))
        row.addWidget(self.replace_button)
        return row

    def _connect(self) -> None:
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked
                                   | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setItemDelegateForColumn(KIND, ChoiceDelegate(name_kinds, self.table))
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, theme().px(width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(lambda *_both: self._show_context())
        self.model.changed.connect(self._show_state)
        self.by_hand.returnPressed.connect(self._add_typed)
        self._empty.clicked.connect(self.search)
        self._opened.changed.connect(self._project_changed)
        for keys, run in (("Return", self.accept), ("Enter", self.accept), ("Space", self.accept),
                          ("Delete", self.reject)):
            key(self.table, keys, run)
        key(self, "Ctrl+Return", self.replace)
        key(self, "F5", self.search)
        self.setFocusProxy(self.table)

    # what is shown

    def _project_changed(self, changed: Any) -> None:
        tables = changed.tables()
        if tables & {"document", "pseudonym", "text_version"}:
            self.check_known()
        if changed.kind != "do" and self.searched and tables & {"pseudonym", "name_decision", "document"}:
            self.search()

    def check_known(self) -> None:
        """Look behind the window whether texts hold names of the key."""
        with self._opened.project.read() as session:
            has_key = session.query(Pseudonym.id).first() is not None
        if not has_key:
            self.warning.say("")
            return
        if self._checking:
            self._check_again = True
            return
        self._checking, self._check_again = True, False
        job = jobs().run(name_jobs.known_names, self._opened.project, on_result=self._warn, on_error=self._tell)
        job.ended.connect(self._checked)

    def _checked(self) -> None:
        self._checking = False
        if self._check_again:
            self.check_known()

    def _warn(self, found: dict[str, list[str]]) -> None:
        names = sorted({name for held in found.values() for name in held})
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        self.warning.say(_("Names of the key stand in {titles}: {names}.", titles=", ".join(found), names=shown)
                         if found else "")

    def _show_state(self) -> None:
        n, total = len(self.model.accepted()), len(self.model.rows)
        self._stack.setCurrentIndex(1 if self.searched or total else 0)
        self._told.setText(_("{total} names, {n} accepted. Enter accepts, Delete: no name, F2 changes the pseudonym.",
                             total=total, n=n) if total else _("No names left to decide on."))
        self.replace_button.setText(_("Replace one accepted name") if n == 1 else _("Replace {n} accepted names", n=n))
        self.replace_button.setEnabled(n > 0 and self._job is None)
        self._show_context()

    def _show_context(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.rows):
            self.context.clear()
            return
        lines = []
        for title, spans in self.model.rows[row].spans.items():
            lines.append(f"<p style='color:{theme().tokens.quiet}'>{escape(title)}</p>")
            lines += [self._line(self._texts.get(title, ""), start, end) for start, end in spans[:LINES]]
        self.context.setHtml("".join(lines))

    def _line(self, text: str, start: int, end: int) -> str:
        tokens = theme().tokens
        before, after = text[max(0, start - AROUND):start], text[end:end + AROUND]
        return (f"<p>…{escape(before)}<span style='background:{tokens.found};color:{tokens.on_found}'>"
                f"{escape(text[start:end])}</span>{escape(after)}…</p>")

    # what is done

    def search(self) -> None:
        """Look for names, in the worker process."""
        if self._job is not None:
            return
        with self._opened.project.read() as session:
            self._texts = {d.title: documents.text_of(session, d) for d in documents.in_order(session)}
            known = pseudonyms.known_names(session)
            ignored = {row.word for row in session.query(NameDecision)}
            ignored |= {entry.pseudonym for entry in session.query(Pseudonym)} | library.labels()
        self._job = jobs().run(name_jobs.suggest, self._texts, ignored, known, title=_("Looking for names"),
                               process=True, on_result=self._show_found, on_error=self._tell)
        self._job.ended.connect(self._job_ended)
        self._show_state()

    def _show_found(self, found: list[Suggestion]) -> None:
        self.searched = True
        with self._opened.project.read() as session:
            held = {p.name: p.pseudonym for p in session.query(Pseudonym)}
        self.model.fill(found, held)
        if self.model.rows:
            choose_row(self.table, 0)
            self.table.setFocus()

    def _job_ended(self) -> None:
        self._job = None
        self._show_state()

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def accept(self) -> None:
        """Accept the selected names (or take it back when all are), and go on to the next."""
        chosen = self._selected()
        if not chosen:
            return
        self.model.accept(chosen, not all(self.model.rows[n].accepted for n in chosen))
        choose_row(self.table, min(chosen[-1] + 1, len(self.model.rows) - 1))

    def accept_kind(self, kind: str) -> None:
        """Accept all names of a kind."""
        self.model.accept([n for n, row in enumerate(self.model.rows) if row.kind == kind], True)

    def reject(self) -> None:
        """The selected words are no names; they are not suggested again."""
        chosen = self._selected()
        words = [self.model.rows[n].name for n in chosen]
        if not words:
            return
        shown = ", ".join(words[:3]) + (" …" if len(words) > 3 else "")
        self.model.drop(words)
        self._opened.do(message("No name: {words}", words=shown), pseudonyms.reject, words)
        if self.model.rows:
            choose_row(self.table, min(chosen[0], len(self.model.rows) - 1))

    def _add_typed(self) -> None:
        self.add(self.by_hand.text(), self.hand_kind.currentData())
        self.by_hand.clear()

    def add(self, name: str, kind: str = "persoon") -> None:
        """Add a name by hand, accepted at once."""
        wanted = " ".join(name.split())
        if not wanted:
            return
        with self._opened.project.read() as session:
            self._texts = {d.title: documents.text_of(session, d) for d in documents.in_order(session)}
            taken = [p.pseudonym for p in session.query(Pseudonym)]
        spans = {title: tuple((start, end) for start, end, _name in places_of(text, [wanted]))
                 for title, text in self._texts.items()}
        row = self.model.add(wanted, kind, {t: s for t, s in spans.items() if s}, taken)  # type: ignore[arg-type]
        choose_row(self.table, row)

    def replace(self) -> None:
        """Replace the accepted names in all texts, as one step."""
        rows = self.model.accepted()
        if rows and self._job is None:
            self._run_replace({row.name: row.pseudonym for row in rows}, {row.name: row.kind for row in rows})

    def replace_known(self) -> None:
        """Put the pseudonyms of the key in texts that came later."""
        with self._opened.project.read() as session:
            held = {p.name: p.pseudonym for p in session.query(Pseudonym)}
        if held and self._job is None:
            self._run_replace(held, {})

    def _run_replace(self, names: dict[str, str], kinds: dict[str, str]) -> None:
        self._job = jobs().run(name_jobs.replace, self._opened.project, names, kinds, title=_("Replacing names"),
                               on_result=lambda _places: self.model.drop(set(names)), on_error=self._tell)
        self._job.ended.connect(self._job_ended)
        self._show_state()

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)
