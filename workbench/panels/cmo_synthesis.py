"""The synthesis of a kernelement: its wording and conclusion, with what stands behind it and against it beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import cmo_synthesis, cmo_views
from codebook.cmo_sheets import aggregated, sheets
from codebook.cmo_synthesis import FIELDS, SynthesisView
from codebook.cmo_views import ConfigurationView
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import BOARD, COUNTED, SHEETS, SYNTHESIS, Counting
from workbench.itemmodels.cmo_rows import evidence_rows, moment
from workbench.itemmodels.question_names import QuestionNames, documents, narratieven, respondents, units_counted
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.wrapped_tree import WrappedTree

NUMBER = Qt.ItemDataRole.UserRole

MOST_LINES = 12


class Worded(QWidget):
    """A text that is kept when one leaves it; changed words are asked for a reason in a line. `kept(text, reason)`."""

    kept = Signal(str, str)

    def __init__(self, name: str, asked: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = ""
        self.field, self.why, self.told = QPlainTextEdit(), QLineEdit(), QLabel()
        label = QLabel(f"<b>{name}</b>")
        label.setBuddy(self.field)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(asked)
        self.field.setTabChangesFocus(True)
        self._lines = lines
        self.field.document().documentLayout().documentSizeChanged.connect(lambda size: self._fit(size.height()))
        self._fit(0)
        self.why.setPlaceholderText(_("Why reworded?"))
        self.why.setAccessibleName(_("Why reworded?"))
        self.why.hide()
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        self.told.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(3))
        for widget in (label, self.field, self.why, self.told):
            box.addWidget(widget)
        for field in (self.field, self.why):
            field.installEventFilter(self)
        self.field.textChanged.connect(self._ask_why)
        self.setFocusProxy(self.field)

    def _fit(self, lines: float) -> None:
        """Be as high as the words need, between a few lines and a dozen."""
        wanted = min(max(self._lines, round(lines)), MOST_LINES)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * wanted + theme().px(24))

    def show_text(self, text: str, history: str = "") -> None:
        """Show the words that stand; what is being typed is left alone."""
        typing = self.is_busy() and self._now() != self._before
        self._before = text
        if not typing and self._now() != text:
            self.field.setPlainText(text)
        self.told.setText(history)
        self.told.setVisible(bool(history))
        self._ask_why()

    def is_busy(self) -> bool:
        """Whether somebody is at work here."""
        return QApplication.focusWidget() in (self.field, self.why)

    def _now(self) -> str:
        return self.field.toPlainText().strip()

    def _ask_why(self) -> None:
        self.why.setVisible(bool(self._before) and self._now() != self._before)

    def keep(self) -> None:
        """Keep what was written, when it is new."""
        text = self._now()
        if text != self._before:
            self._before, reason = text, self.why.text().strip()
            self.why.clear()
            self.why.hide()
            self.kept.emit(text, reason)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.keep()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            # From the words to the reason is not leaving.
            QTimer.singleShot(0, self, lambda: None if self.is_busy() else self.keep())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (held or watched is self.why):
                self.keep()
                return True
        return super().eventFilter(watched, event)


class SynthesisPage(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`, `configurationWanted(number)`."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    configurationWanted = Signal(int)
    follows = BOARD | COUNTED | SHEETS | SYNTHESIS

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.kernelement = 0
        self.view: SynthesisView | None = None
        self._filling = False
        told = {"wording": (_("In a few sentences"), _("What works here, for whom, and why?"), 4),
                "counter": (_("What speaks against it"),
                            _("What qualifies or contradicts it, and what does that mean?"), 3),
                "conclusion": (_("Conclusion"), _("What do you conclude for this kernelement?"), 3),
                "reply": (_("What the members say of it"), _("What came back from the member check?"), 2)}
        self.fields = {name: Worded(*told[name]) for name in FIELDS}
        self.behind, self.against = WrappedTree(lead=24), NarrativeList(delta=-2.0)
        self.sources, self.points, self.reflector, self.replies = QLabel(), QLabel(), QLabel(), QLabel()
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        for name, field in self.fields.items():
            field.kept.connect(lambda text, reason, n=name: self._write(n, text, reason))
        self.behind.setAccessibleName(_("Configurations behind the synthesis"))
        self.behind.setToolTip(_("Space: stands behind the synthesis or not · Enter: to the board"))
        self.behind.itemChanged.connect(self._ticked)
        self.behind.itemActivated.connect(lambda item, _column: self.configurationWanted.emit(item.data(0, NUMBER)))
        self.against.setAccessibleName(_("Counter-evidence"))
        self.against.set_empty_text(_("No evidence against these configurations yet. Did you look for it?"))
        self.against.activated.connect(self._open)
        for label in (self.sources, self.points, self.reflector, self.replies):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusProxy(self.fields["wording"])

    def _arrange(self) -> None:
        px, outer, split = theme().px, QHBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        split.setHandleWidth(px(16))
        left = _column([self.fields["wording"], self.fields["conclusion"], self.fields["counter"],
                        self.fields["reply"]])
        self.against.setFixedHeight(px(190))
        right = _column([
            _heading(_("Configurations behind it")), self.behind, self.sources,
            _heading(_("Counter-evidence")), self.against,
            _heading(_("Points for improvement of the focus group")), self.points,
            _heading(_("Result of the reflector")), self.reflector,
            _heading(_("Replies of the member check")), self.replies])
        for widget in (left, right):
            split.addWidget(widget)
        split.setSizes([px(520), px(440)])
        split.setChildrenCollapsible(False)
        outer.addWidget(split)

    def set_names(self, names: QuestionNames) -> None:
        """Names are read with the evidence."""

    def show_kernelement(self, number: int) -> None:
        """Show the synthesis of a kernelement; what was being written is kept first."""
        if number != self.kernelement:
            for field in self.fields.values():
                field.keep()
        self.kernelement = number
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        with self._opened.project.read() as session:
            view = self.view = cmo_synthesis.view(session, self._counting.board, self.kernelement)
            every = cmo_views.configurations(session, self.kernelement)
            lines = aggregated(sheets(session, self.kernelement))["verbeterpunten", ""]
            history = cmo_views.history(session, "synthesis", view.synthesis_id) if view.synthesis_id else []
            self.against.set_rows(evidence_rows(self._opened.reading, session, [c.evidence for c in view.against]),
                                  keep=True)
        for name, field in self.fields.items():
            own = [one for one in history if one.field == name and one.old]
            last = own[-1] if own else None
            field.show_text(getattr(view, name), _("Reworded {moment} by {coder}. It was: “{old}” {why}",
                                                   moment=moment(last.at), coder=last.coder, old=last.old,
                                                   why=_("Why: {reason}", reason=last.reason) if last.reason else "")
                            if last is not None else "")
        self._show_behind(every, view)
        self._show_sources(view)
        self.points.setText("\n".join(f"• {line.text}" for line in lines) or _("None were written on a sheet."))
        self.reflector.setText(view.reflector or _("There is no result of the digital reflector in this project yet."))
        self._show_replies(view)

    def _show_behind(self, every: list[ConfigurationView], view: SynthesisView) -> None:
        chosen = {one.id for one in view.configurations}
        self._filling = True
        self.behind.clear()
        for n, one in enumerate(every):
            item = QTreeWidgetItem([f"{words.thread_name(n)} · {one.title}",
                                    f"{words.STATUS_SIGNS[one.status]} {words.status_word(one.status)}  "
                                    f"{words.counts(one.all_evidence)}".rstrip()])
            item.setData(0, NUMBER, one.id)
            item.setCheckState(0, Qt.CheckState.Checked if one.id in chosen else Qt.CheckState.Unchecked)
            item.setToolTip(0, one.statement)
            self.behind.addTopLevelItem(item)
        self._filling = False
        self.behind.setFixedHeight(min(max(self.behind.fit() + theme().px(8), theme().px(44)), theme().px(170)))

    def _show_sources(self, view: SynthesisView) -> None:
        cell = view.sources
        told = _("{narratieven} of {respondents} and {groups}, in {documents}, stand behind it.",
                 narratieven=narratieven(cell.narratieven), respondents=respondents(cell.respondents),
                 groups=units_counted("group", cell.groups), documents=documents(cell.documents))
        if not view.configurations:
            told = _("No configuration stands behind it yet.")
        elif not view.chosen:
            told = f"{told} {_('Nothing was chosen, so all that are not rejected count.')}"
        self.sources.setText(told)

    def _show_replies(self, view: SynthesisView) -> None:
        signs = {True: "✓", False: "✕", None: "·"}
        told = [f"{signs[one.agrees]} {one.group}, {moment(one.at)}: {one.body}"
                + (f" → {one.change}" if one.change else "") for one in view.replies]
        self.replies.setText("\n".join(told) or _("None came back yet."))

    # deeds

    def _write(self, name: str, text: str, reason: str) -> None:
        self._opened.do(message("Synthesis of «{name}»", name=self._counting.label(self.kernelement)),
                        cmo_synthesis.write, self._opened.coder_id, self.kernelement, name, text, reason)

    def _ticked(self, _item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        wanted = [item.data(0, NUMBER) for item in self.behind.items() if item.checkState(0) == Qt.CheckState.Checked]
        number = self.kernelement
        # The list is written anew by the change, and the click is still at work on it.
        QTimer.singleShot(0, self, lambda: self._opened.do(
            message("Configurations behind «{name}»", name=self._counting.label(number)),
            cmo_synthesis.set_configurations, self._opened.coder_id, number, wanted))

    def _open(self, number: object) -> None:
        assert self.view is not None
        found = next((c.evidence for c in self.view.against if c.evidence.id == number), None)
        if found is not None and not found.is_lost:
            self.openNarratief.emit(found.narratief_id)


def _heading(text: str) -> QLabel:
    label = QLabel(f"<b>{text}</b>")
    label.setContentsMargins(0, theme().px(6), 0, 0)
    return label


def _column(widgets: list[QWidget]) -> QScrollArea:
    holder, page = QScrollArea(), QWidget()
    page.setObjectName("page")
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, theme().px(6), 0)
    box.setSpacing(theme().px(6))
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    holder.setWidget(page)
    holder.setWidgetResizable(True)
    holder.setFrameShape(QFrame.Shape.NoFrame)
    holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return holder
