"""One pattern: its name, type and texts, and beside those the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from codebook import evidence, memberchecks, patterns, questions
from codebook.models import Pattern
from corpora.messages import Message, message
from workbench.i18n import _
from workbench.itemmodels.pattern_words import balance, kind_told, result_told, sources_line, warning
from workbench.panels.patterns_evidence import EvidenceList
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.note_edit import NoteEdit
from workbench.theme import theme
from workbench.widgets.parts import button, free_field, quiet


def fields() -> dict[str, tuple[str, str, int]]:
    """The texts of a pattern: what each is called, the hint in it, and its height."""
    return {"description": (_("Description"), _("What is the pattern? Describe it in two or three sentences."), 96),
            "taboos": (_("Taboos"), _("What is not said, or only with a joke or a cliché?"), 60),
            "contradictions": (_("Contradictions"), _("What speaks against it, and for whom does it not hold?"), 60),
            "conclusion": (_("Conclusion"), _("One sentence, as it will stand in the report."), 60)}


class PatternDetail(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`, `moreWanted()` for narratieven to put behind it,
    `splitWanted(evidence numbers)`, `removeWanted(pattern)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    moreWanted = Signal()
    splitWanted = Signal(object)
    removeWanted = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.pattern = 0
        self._standing = ""
        self.label, self.kind, self.result = QLineEdit(), Choice(_("Type of pattern")), Choice(_("Kind of result"))
        self.theme, self.deelvraag = Choice(_("Theme")), Choice(_("Deelvraag"))
        self.line, self.warn, self.replies = QLabel(), QLabel(), quiet()
        self.evidence = EvidenceList(opened)
        self.texts = {name: NoteEdit(*told) for name, told in fields().items()}
        self.tabs, self._stack = QTabWidget(), QStackedWidget()
        self._nothing = quiet(_("Choose a pattern on the board, or make one with N: then its evidence and its texts "
                                "stand here."))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, outer, whole = theme().px, QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self.label.setAccessibleName(_("Name of the pattern"))
        self.label.setFont(theme().ui_font(1, bold=True))
        self.line.setWordWrap(True)
        self.warn.setProperty("role", "danger")
        choices = QHBoxLayout()
        choices.setSpacing(px(6))
        for choice in (self.kind, self.result):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
            choice.setInsertPolicy(Choice.InsertPolicy.NoInsert)
            choices.addWidget(choice, 4 if choice is self.kind else 3)
        free_field(self.kind).setPlaceholderText(_("Type, or an own word"))
        free_field(self.result).setPlaceholderText(_("Kind of result"))
        column.addWidget(self.label)
        column.addLayout(choices)
        for label in (self.line, self.warn, self.replies):
            column.addWidget(label)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.evidence, _("Evidence"))
        self.tabs.addTab(self._texts(), _("Texts"))
        column.addWidget(self.tabs, 1)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(whole)
        outer.addWidget(self._stack)

    def _texts(self) -> QWidget:
        page, px = QWidget(), theme().px
        column = QVBoxLayout(page)
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(2))
        for name, (told, _hint, _height) in fields().items():
            column.addWidget(quiet(told))
            column.addWidget(self.texts[name])
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for choice in (self.deelvraag, self.theme):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8)
            row.addWidget(choice, 1)
        row.addWidget(button(_("Take away"), lambda: self.removeWanted.emit(self.pattern),
                             _("Take this pattern away   Del on the board"), "flat"))
        column.addStretch(1)
        column.addLayout(row)
        return page

    def _connect(self) -> None:
        self.label.editingFinished.connect(self._rename)
        for choice, name in ((self.kind, "kind"), (self.result, "result")):
            choice.picked.connect(lambda c=choice, n=name: self._set(n, c.value()))
            field = choice.lineEdit()
            assert field is not None
            field.editingFinished.connect(lambda c=choice, n=name: self._typed(n, c))
        for name, edit in self.texts.items():
            edit.written.connect(lambda text, n=name: self._set(n, text))
        self.theme.picked.connect(self._group)
        self.deelvraag.picked.connect(self._file)
        for signal in ("openNarratief", "readWanted", "moreWanted", "splitWanted"):
            getattr(self.evidence, signal).connect(getattr(self, signal))

    # what is shown

    def show_pattern(self, number: int) -> None:
        """Show a pattern; 0 for none."""
        if number != self.pattern:
            for edit in self.texts.values():
                edit.save()
        other, self.pattern = number != self.pattern, number
        with self._opened.project.read() as session:
            found = session.get(Pattern, number) if number else None
            if found is None:
                self.pattern = 0
                self._stack.setCurrentIndex(0)
                self.evidence.show_pattern(0, "")
                return
            weight = evidence.weights(session, [number], self._opened.reading.respondents)[number]
            themes = patterns.themes(session, found.deelvraag_id)
            kinds, results = patterns.kinds(session), patterns.results(session)
            told = len(memberchecks.replies(session, about="pattern", about_id=number))
            self.deelvraag.offer([(str(d.id), d.label) for d in questions.deelvragen(session)])
        self._stack.setCurrentIndex(1)
        self._show_head(found, other, kinds, results)
        self.theme.offer([("", _("Not grouped")), *((str(theme.id), theme.label) for theme in themes)])
        self.theme.choose(str(found.theme_id or ""))
        self.deelvraag.choose(str(found.deelvraag_id))
        self.line.setText("   ".join(part for part in (sources_line(weight), balance(weight)) if part))
        self.warn.setText(warning(weight))
        self.warn.setVisible(bool(weight.lost))
        self.replies.setText(_("{n} replies from respondents: see Give back", n=told))
        self.replies.setVisible(bool(told))
        for name, edit in self.texts.items():
            (edit.replace_text if other else edit.show_text)(getattr(found, name))
        self.evidence.show_pattern(number, found.label)
        self.tabs.setTabText(0, _("Evidence ({n})", n=len(self.evidence._shown)))

    def _show_head(self, found: Pattern, other: bool, kinds: Sequence[str], results: Sequence[str]) -> None:
        if other or not self.label.hasFocus():
            self.label.setText(found.label)
            self.label.setCursorPosition(0)
        self._standing = found.label
        self.kind.offer([("", kind_told("")), *((kind, kind_told(kind)) for kind in kinds)])
        self.result.offer([("", result_told("")), *((result, result_told(result)) for result in results)])
        self.kind.choose(found.kind)
        self.result.choose(found.result)
        for choice in (self.kind, self.result):
            free_field(choice).setCursorPosition(0)

    def begin_rename(self) -> None:
        """Bring the focus to the name."""
        self.label.setFocus()
        self.label.selectAll()

    # deeds

    def _rename(self) -> None:
        text = " ".join(self.label.text().split())
        if self.pattern and text and text != self._standing:
            self._standing = text
            self._do(message("Rename pattern to «{label}»", label=text), {"label": text})
        elif not text:
            self.label.setText(self._standing)

    def _typed(self, name: str, choice: Choice) -> None:
        """An own word was typed."""
        text = choice.currentText().strip()
        known = choice.findText(text)
        value = str(choice.itemData(known) or "") if known >= 0 else text
        self._set(name, value)

    def _set(self, name: str, value: str) -> None:
        with self._opened.project.read() as session:
            found = session.get(Pattern, self.pattern)
            if found is None or getattr(found, name) == value:
                return
            label = found.label
        self._do(message("Change pattern «{label}»", label=label), {name: value})

    def _do(self, label: Message, values: Mapping[str, str]) -> None:
        self._opened.do(label, patterns.change, self.pattern, **values)

    def _group(self) -> None:
        wanted = self.theme.value()
        self._opened.do(message("Group pattern «{label}»", label=self._standing), patterns.place, self.pattern,
                        int(wanted) if wanted else None, 10_000)

    def _file(self) -> None:
        self._opened.do(message("Put pattern «{label}» under another deelvraag", label=self._standing),
                        patterns.file_under, self.pattern, int(self.deelvraag.value()))
