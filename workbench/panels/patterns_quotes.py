"""The quote bank: every citaat, filtered, shortened, with the role under it, and where it is used."""

from __future__ import annotations

import html

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy.orm import Session

from codebook import evidence, memos, patterns, quotes
from codebook.quotes import QuoteEntry
from corpora.messages import message
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.itemmodels import quote_rows
from workbench.itemmodels.asker import TEXTS
from workbench.panels.patterns_quote_text import QuoteText
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.fresh_page import FreshPage
from workbench.shared.note_edit import NoteEdit
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.narrative_rows import ListRows
from workbench.widgets.parts import button, key, quiet

SHOWN = TEXTS | {"quote", "quote_cut", "quote_card", "pattern", "pattern_evidence", "evidence", "configuration",
                 "factsheet", "factsheet_item", "pseudonym", "coding", "code", "facet", "coder", "turn", "speaker",
                 "respondent", "respondent_group", "decision"}


class QuotesPage(FreshPage):
    """`openNarratief(id)`, `readWanted(ids, title)`, `openPlace(key)`, `openPattern(number)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    openPlace = Signal(str)
    openPattern = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, SHOWN, parent)
        self._bank: dict[int, QuoteEntry] = {}
        self._sieve = quote_rows.Sieve()
        self.words, self.which, self.roles = QLineEdit(), Choice(_("Which quotes")), Choice(_("Role"))
        self.count, self.list = QLabel(), NarrativeList()
        self.side, self._stack = QuoteSide(opened), QStackedWidget()
        self._none = EmptyState(_("No quotes yet. While coding, choose words that say it well and press ; to keep "
                                  "them."), _("To Coding"), "quote")
        self.copy = button(_("Copy"), self._copy, _("Copy the chosen quotes as text, with the role   Ctrl+C"), "flat")
        self.read = button(_("Read"), self._read, _("Read the narratieven of these quotes"), "flat")
        self.take = button(_("Take away"), self._take, _("Take the chosen quotes out of the bank   Del"), "flat")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer, split = theme().px, QVBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        left, row = QWidget(), QHBoxLayout()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.words.setPlaceholderText(_("Filter on words, code, document, pattern…"))
        self.words.setAccessibleName(_("Filter the quotes"))
        self.words.setClearButtonEnabled(True)
        row.setSpacing(px(6))
        row.addWidget(self.words, 1)
        for widget in (self.which, self.roles):
            row.addWidget(widget)
        under = QHBoxLayout()
        under.addWidget(self.count, 1)
        under.addWidget(self.read)
        under.addWidget(self.copy)
        under.addWidget(self.take)
        column.addLayout(row)
        column.addLayout(under)
        column.addWidget(self.list, 1)
        self.list.setAccessibleName(_("Quote bank"))
        self.list.set_empty_text(_("No quote answers this filter."))
        split.setHandleWidth(px(12))
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.side)
        split.setSizes([px(680), px(490)])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._stack.addWidget(split)
        self._stack.addWidget(self._none)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _text: self._filter())
        self.which.offer(quote_rows.choices())
        for choice in (self.which, self.roles):
            choice.picked.connect(self._filter)
        self.list.currentChanged.connect(lambda _id: self._show_current())
        self.list.activated.connect(lambda number: self._open(number))
        self._none.clicked.connect(lambda: self.openPlace.emit("coding"))
        self.side.openNarratief.connect(self.openNarratief)
        self.side.openPattern.connect(self.openPattern)
        key(self.list, "Ctrl+C", self._copy)
        key(self.list, "Del", self._take)

    def _changed(self, changed: Changed) -> None:
        said = changed.tables() & SHOWN
        if said and said <= set(quotes.CARDS) and self.isVisible() and not self._is_stale:
            self._read_some(changed)
        else:
            super()._changed(changed)

    def _read_some(self, changed: Changed) -> None:
        """Read only the quotes of which something was written."""
        with self._opened.project.read() as session:
            found = quotes.bank(session, quotes.touched(session, changed.rows), self._opened.reading.veil)
        self._bank.update((one.id, one) for one in found)
        self._show_bank()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus()

    def read_anew(self) -> None:
        with self._opened.project.read() as session:
            self._bank = {one.id: one for one in quotes.bank(session, veil=self._opened.reading.veil)}
        self._stack.setCurrentIndex(0 if self._bank else 1)
        self._show_bank()

    def _show_bank(self) -> None:
        self._sieve = quote_rows.Sieve(tuple(self._bank.values()))
        roles = sorted({one.role for one in self._bank.values()}, key=str.casefold)
        self.roles.offer([("", _("all roles")), *((role, role) for role in roles)])
        self._filter()

    def _filter(self) -> None:
        found = self.found()
        self.list.set_rows(ListRows(quote_rows.rows(found)), keep=True)
        used = sum(one.is_used for one in found)
        self.count.setText(_("{n} quotes, {used} used", n=len(found), used=used))
        self._show_current()

    def found(self) -> list[QuoteEntry]:
        """The quotes in sight."""
        return self._sieve.in_sight(self.which.value(), self.roles.value(), self.words.text())

    def _entry(self, number: object) -> QuoteEntry | None:
        return self._bank.get(number) if isinstance(number, int) else None

    def _show_current(self) -> None:
        self.side.show_quote(self._entry(self.list.current_id()))

    def show_quote(self, number: int) -> None:
        """Take a quote in hand, whatever was filtered."""
        self.words.clear()
        self.which.choose(quote_rows.ALL)
        self.roles.choose("")
        self.refresh()
        self.list.set_current_id(number)
        self.list.setFocus()

    def _open(self, number: object) -> None:
        one = self._entry(number)
        if one is not None:
            self.openNarratief.emit(one.narratief_id)

    def _chosen(self) -> list[QuoteEntry]:
        return [one for number in self.list.selected_ids() if (one := self._entry(number)) is not None]

    def _copy(self) -> None:
        wanted = [one for one in self._chosen() if one.is_usable]
        if len(wanted) < len(self._chosen()):
            self._opened.failed.emit(message("Quotes with a name in them, or not to be used, are not copied."))
        if wanted:
            QGuiApplication.clipboard().setText(quote_rows.as_text(wanted))
            self._opened.message.emit(message("{n} quotes are on the clipboard", n=len(wanted)), False)

    def _take(self) -> None:
        chosen = [one.id for one in self._chosen()]
        if chosen:
            self._opened.do(message("Take {n} quotes out of the bank", n=len(chosen)), memos.let_go, chosen)

    def _read(self) -> None:
        ids = list(dict.fromkeys(one.narratief_id for one in self.found()))
        if ids:
            self.readWanted.emit(ids, _("Narratieven with a quote"))


class QuoteSide(QWidget):
    """One quote: shorten it, say which role stands under it and whether it may be used, and put it behind a
    pattern."""

    openNarratief = Signal(int)
    openPattern = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._quote: QuoteEntry | None = None
        self.place, self.status, self.codes, self.shown = QLabel(), QLabel(), quiet(), QLabel()
        self.text, self.role, self.uses = QuoteText(), QLineEdit(), quiet()
        self.note, self.wanted = NoteEdit(_("Note with the quote"), _("Note…"), 52), QCheckBox(_("May be used"))
        self.pattern = Choice(_("Put behind pattern"))
        self.cut = button(_("Leave out […]"), self.text.leave_out, _("Leave the chosen words out   Del"))
        self.back = button(_("Put back"), self.text.put_back, _("Put back what is struck through here   Backspace"),
                           "flat")
        self.open = button(_("Open"), self._open, _("Open the narratief in its transcript   Enter"), "flat")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, column = theme().px, QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.place.setProperty("role", "heading")
        for label in (self.place, self.status, self.shown):
            label.setWordWrap(True)
        head, deeds, role = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.place, 1)
        head.addWidget(self.open)
        for widget in (self.cut, self.back):
            deeds.addWidget(widget)
        deeds.addStretch(1)
        deeds.addWidget(self.wanted)
        self.role.setAccessibleName(_("Role under the quote"))
        self.role.setToolTip(_("The role that stands under the quote; empty: as follows from who speaks"))
        role.addWidget(quiet(_("Role")))
        role.addWidget(self.role, 1)
        self.pattern.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pattern.setMinimumContentsLength(12)
        role.addWidget(self.pattern, 2)
        self.shown.setFont(theme().reading_font())
        column.addLayout(head)
        column.addWidget(self.status)
        self.text.setMaximumHeight(px(220))
        column.addWidget(self.text, 1)
        column.addLayout(deeds)
        column.addWidget(quiet(_("As it will stand in the report:")))
        column.addWidget(self.shown)
        column.addLayout(role)
        for part in (self.uses, self.codes, self.note):
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self.text.cutWanted.connect(self._cut)
        self.text.restoreWanted.connect(self._restore)
        self.role.editingFinished.connect(self._set_role)
        self.wanted.clicked.connect(self._set_wanted)
        self.note.written.connect(self._set_note)
        self.pattern.picked.connect(self._put)
        self.uses.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                          | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        self.uses.linkActivated.connect(lambda number: self.openPattern.emit(int(number)))

    def show_quote(self, one: QuoteEntry | None) -> None:
        """Show a quote; None for none."""
        other = (one.id if one else 0) != (self._quote.id if self._quote else 0)
        if other:
            self.note.save()
        self._quote = one
        self.setEnabled(one is not None)
        if one is None:
            for label in (self.place, self.status, self.shown, self.uses, self.codes):
                label.clear()
            self.text.show_quote("", ())
            return
        self.place.setText(one.place.words)
        self._show_status(one)
        self.text.show_quote(one.text, [(a - one.start, b - one.start) for a, b in one.cuts])
        self.shown.setText(one.line)
        if other or not self.role.hasFocus():
            self.role.setText(one.role)
        (self.note.replace_text if other else self.note.show_text)(one.note)
        with QSignalBlocker(self.wanted):
            self.wanted.setChecked(one.is_wanted)
        self.codes.setText(_("Codes of the narratief: {codes}", codes=", ".join(one.codes) or "–"))
        self._offer_patterns()

    def _show_status(self, one: QuoteEntry) -> None:
        self.status.setText(quote_rows.status(one))
        self.status.setProperty("role", "danger" if one.names else "quiet")
        self.status.style().polish(self.status)
        told = [f'<a href="{use.id}" style="color:{theme().tokens.accent}">{html.escape(use.label)}</a>'
                if use.kind == "pattern" else f"{quote_rows.use_word(use.kind)} {html.escape(use.label)}"
                for use in one.uses]
        self.uses.setText(_("Used in: {uses}", uses=", ".join(told)) if told else "")
        self.uses.setVisible(bool(told))

    def _offer_patterns(self) -> None:
        with self._opened.project.read() as session:
            found = [(str(one.id), one.label) for one in patterns.patterns(session)]
        self.pattern.offer([("", _("put behind pattern…")), *found])
        self.pattern.choose("")
        self.pattern.setEnabled(bool(found))

    # deeds

    def _cut(self, start: int, end: int) -> None:
        one = self._quote
        if one is not None:
            self._opened.do(message("Leave words out of a quote"), quotes.cut, one.id, one.start + start,
                            one.start + end)

    def _restore(self, start: int, end: int) -> None:
        one = self._quote
        if one is not None and any(a < one.start + end and b > one.start + start for a, b in one.cuts):
            self._opened.do(message("Put words of a quote back"), quotes.restore, one.id, one.start + start,
                            one.start + end)

    def _set_role(self) -> None:
        one, text = self._quote, " ".join(self.role.text().split())
        if one is not None and text != one.role:
            done = self._opened.do(message("Role under a quote: {role}", role=text or "–"), _role, one.id, text)
            if done is None:
                self.role.setText(one.role)

    def _set_wanted(self, on: bool) -> None:
        if self._quote is not None:
            label = message("A quote may be used") if on else message("A quote is not to be used")
            self._opened.do(label, quotes.set_wanted, [self._quote.id], on)

    def _set_note(self, text: str) -> None:
        if self._quote is not None:
            self._opened.do(message("Note with a quote"), quotes.set_note, self._quote.id, text)

    def _put(self) -> None:
        wanted = self.pattern.value()
        if self._quote is not None and wanted:
            label = message("Quote behind «{label}»", label=self.pattern.currentText())
            self._opened.do(label, evidence.add_quotes, self._opened.coder_id, int(wanted), [self._quote.id])
            self.pattern.choose("")

    def _open(self) -> None:
        if self._quote is not None:
            self.openNarratief.emit(self._quote.narratief_id)


def _role(session: Session, quote_id: int, role: str) -> bool:
    """Write the role; True when that was done, as a refusal answers with nothing."""
    quotes.set_role(session, quote_id, role)
    return True
