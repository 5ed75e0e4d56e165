"""The three phases of a deelvraag's analysis: how far each is, what was done in it, and what to ask in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from codebook import patterns
from codebook.models import ANALYSIS_PHASES, PHASE_STATES
from codebook.patterns import PhaseNote
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.pattern_words import STATE_SIGNS, guiding_questions, phase_word, state_word
from workbench.project import OpenProject
from workbench.shared.note_edit import NoteEdit
from workbench.theme import theme
from workbench.widgets.parts import quiet


class PhaseBar(QWidget):
    """A button per phase with its state; `phaseChosen(phase or empty)` when one is opened or closed."""

    phaseChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(4))
        for phase in ANALYSIS_PHASES:
            button = self.buttons[phase] = QPushButton()
            button.setCheckable(True)
            button.setProperty("role", "flat")
            button.clicked.connect(lambda on, p=phase: self._pressed(p, on))
            row.addWidget(button)

    def show_phases(self, found: dict[str, PhaseNote]) -> None:
        """Show how far each phase is."""
        for n, (phase, note) in enumerate(found.items(), 1):
            button = self.buttons[phase]
            button.setText(f"{STATE_SIGNS[note.state]} {n} {phase_word(phase)}")
            button.setAccessibleName(_("Phase {n}, {phase}: {state}", n=n, phase=phase_word(phase),
                                       state=state_word(note.state)))
            button.setToolTip("\n".join(part for part in (button.accessibleName(), note.note) if part))

    def close_all(self) -> None:
        """No phase is open."""
        for button in self.buttons.values():
            button.setChecked(False)

    def _pressed(self, phase: str, on: bool) -> None:
        for other, button in self.buttons.items():
            button.setChecked(on and other == phase)
        self.phaseChosen.emit(phase if on else "")


class PhaseStrip(QFrame):
    """One phase: its state, a note on what was done, and questions that help."""

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._deelvraag, self.phase = 0, ""
        self.setProperty("role", "card")
        self.title, self.questions = QLabel(), quiet()
        self.title.setProperty("role", "heading")
        self.note = NoteEdit(_("What was done in this phase"), _("What was done, by whom, with which narratieven?"), 72)
        self.note.written.connect(self._write)
        self.states: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        px, row, left, top = theme().px, QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(16))
        top.addWidget(self.title)
        top.addStretch(1)
        for state in PHASE_STATES:
            button = self.states[state] = QPushButton(f"{STATE_SIGNS[state]} {state_word(state)}")
            button.setCheckable(True)
            button.setProperty("role", "flat")
            button.clicked.connect(lambda _on=False, s=state: self._set(s))
            self._group.addButton(button)
            top.addWidget(button)
        left.addLayout(top)
        left.addWidget(self.note)
        row.addLayout(left, 1)
        row.addWidget(self.questions, 1)

    def show_phase(self, deelvraag: int, phase: str, found: PhaseNote) -> None:
        """Show a phase of a deelvraag."""
        other = (deelvraag, phase) != (self._deelvraag, self.phase)
        if other:
            self.note.save()
        self._deelvraag, self.phase = deelvraag, phase
        self.title.setText(phase_word(phase))
        self.states[found.state].setChecked(True)
        (self.note.replace_text if other else self.note.show_text)(found.note)
        self.questions.setText("\n".join(f"· {question}" for question in guiding_questions(phase)))

    def _set(self, state: str) -> None:
        self._opened.do(message("Phase {phase}: {state}", phase=message(_SHORT[self.phase]),
                                state=message(_STATES[state])), patterns.set_phase, self._opened.coder_id,
                        self._deelvraag, self.phase, state=state)

    def _write(self, text: str) -> None:
        self._opened.do(message("Note on phase {phase}", phase=message(_SHORT[self.phase])), patterns.set_phase,
                        self._opened.coder_id, self._deelvraag, self.phase, note=text)


_SHORT = {"exploreren": "Explore", "specificeren": "Specify and reduce", "integreren": "Integrate"}
_STATES = {"open": "to do", "bezig": "under way", "klaar": "done"}
