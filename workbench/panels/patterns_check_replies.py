"""What respondents answered, to which finding, and what was changed because of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from codebook import memberchecks
from codebook.memberchecks import ReplyLine
from corpora.messages import message
from workbench.i18n import _
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.note_edit import NoteEdit
from workbench.theme import theme
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.narrative_rows import ListRows, NarrativeRow
from workbench.widgets.parts import button, quiet


def agreement_word(agrees: bool | None) -> str:
    """Whether they agree, with a sign."""
    return _("– no judgement") if agrees is None else _("✓ agrees") if agrees else _("✕ does not agree")


class Replies(QWidget):
    """`openPattern(number)` goes to the pattern that a reply is about."""

    openPattern = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._group = 0
        self._found: dict[int, ReplyLine] = {}
        self.sent, self.about, self.agrees = Choice(_("From whom")), Choice(_("About which finding")), Choice(
            _("Whether they agree"))
        self.body = NoteEdit(_("What they answered"), _("What they answered, without names"), 52)
        self.add = button(_("Note reply"), self._add, "", "primary")
        self.only_open, self.every = QCheckBox(_("Only open")), QCheckBox(_("All groups"))
        self.list = NarrativeList(delta=-2.0)
        self.change = NoteEdit(_("Changed because of it"), _("What was changed because of it, and why (not)?"), 52)
        self.settled = QCheckBox(_("Settled"))
        self.go = button(_("To the pattern"), self._go, _("Show this pattern on its board   Enter"), "flat")
        self.take = button(_("Take away"), self._remove, _("Take this reply away"), "flat")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, column = theme().px, QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        self._form = QFrame()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(px(4))
        rows = ((self.sent, self.about), (self.agrees, self.add))
        for widgets in rows:
            row = QHBoxLayout()
            row.setSpacing(px(6))
            for widget in widgets:
                row.addWidget(widget, 1)
            form.addLayout(row)
            if widgets is rows[0]:
                form.addWidget(self.body)
        for choice in (self.sent, self.about, self.agrees):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
        self.agrees.offer([("", agreement_word(None)), ("yes", agreement_word(True)), ("no", agreement_word(False))])
        self._hint = quiet(_("First note on the page «Who got it» to whom the factsheet went; then their answers can "
                             "be noted here."))
        filters, foot = QHBoxLayout(), QHBoxLayout()
        for box in (self.only_open, self.every):
            filters.addWidget(box)
        filters.addStretch(1)
        foot.addWidget(self.settled)
        for deed in (self.go, self.take):
            foot.addWidget(deed)
        foot.addStretch(1)
        self.list.setAccessibleName(_("Replies"))
        self.list.set_empty_text(_("No replies here yet."))
        column.addWidget(self._form)
        column.addWidget(self._hint)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addWidget(self.change)
        column.addLayout(foot)

    def _connect(self) -> None:
        for box in (self.only_open, self.every):
            box.toggled.connect(lambda _on: self.show_group(self._group))
        self.list.currentChanged.connect(lambda _id: self._show_current())
        self.list.activated.connect(lambda _id: self._go())
        self.change.written.connect(self._write_change)
        self.settled.clicked.connect(self._settle)

    def show_group(self, group: int) -> None:
        """Show the replies of a group, or of all."""
        self._group = group
        with self._opened.project.read() as session:
            sent = memberchecks.deliveries(session, group)
            items = memberchecks.content(session, group).items
            found = memberchecks.replies(session, only_open=self.only_open.isChecked(),
                                         group_id=None if self.every.isChecked() else group)
        self.sent.offer([(str(one.id), f"{one.recipient} ({one.sent_at.astimezone():%d-%m-%Y})") for one in sent])
        self.about.offer([("", _("the whole factsheet")), *(
            (f"{i.finding.about} {i.finding.about_id}", i.finding.label) for i in items)])
        self._form.setVisible(bool(sent))
        self._hint.setVisible(not sent)
        self._found = {one.id: one for one in found}
        self.list.set_rows(ListRows([_row(one, self.every.isChecked()) for one in found]), keep=True)
        self._show_current()

    def _current(self) -> ReplyLine | None:
        number = self.list.current_id()
        return self._found.get(number) if isinstance(number, int) else None

    def _show_current(self) -> None:
        here = self._current()
        for widget in (self.change, self.settled, self.take):
            widget.setEnabled(here is not None)
        self.go.setEnabled(bool(here and here.about == memberchecks.FINDINGS[0] and here.about_id))
        (self.change.replace_text if not self.change.hasFocus() else self.change.show_text)(here.change if here else "")
        with QSignalBlocker(self.settled):
            self.settled.setChecked(bool(here and here.is_settled))

    # deeds

    def _add(self) -> None:
        about, _space, number = self.about.value().partition(" ")
        agrees = {"yes": True, "no": False}.get(self.agrees.value())
        label = message("Reply of {who}", who=self.sent.currentText())
        done = self._opened.do(label, memberchecks.reply, self._opened.coder_id, int(self.sent.value()),
                               self.body.toPlainText(), about=about, about_id=int(number) if number else None,
                               agrees=agrees)
        if done is not None:
            self.body.replace_text("")
            self.agrees.choose("")
            self.list.set_current_id(done)

    def _write_change(self, text: str) -> None:
        here = self._current()
        if here is not None:
            self._opened.do(message("Changed because of a reply"), memberchecks.follow_up, here.id, change=text)

    def _settle(self, on: bool) -> None:
        here = self._current()
        if here is not None:
            label = message("A reply is settled") if on else message("A reply is open again")
            self._opened.do(label, memberchecks.follow_up, here.id, settled=on)

    def _remove(self) -> None:
        here = self._current()
        if here is not None:
            self._opened.do(message("Take a reply away"), memberchecks.remove_replies, [here.id])

    def _go(self) -> None:
        here = self._current()
        if here is not None and here.about == memberchecks.FINDINGS[0] and here.about_id:
            self.openPattern.emit(here.about_id)


def _row(one: ReplyLine, with_group: bool) -> NarrativeRow:
    about = _("about «{label}»", label=one.subject) if one.subject else _("about the whole")
    if one.subject and one.about_id is None:
        about = _("about «{label}», which is gone", label=one.subject)
    parts = [agreement_word(one.agrees), _("settled") if one.is_settled else _("open"), one.recipient,
             one.group if with_group else "", about]
    return NarrativeRow(one.id, " · ".join(part for part in parts if part), one.body or "–",
                        note=_("Changed: {change}", change=one.change) if one.change else "")
