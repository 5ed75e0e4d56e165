"""The first page: recent projects and the ways to begin."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.icons import icon, pixmap
from workbench.theme import theme


class WelcomePage(QWidget):
    """`newRequested`, `sampleRequested`, `openRequested` (a file is to be asked for),
    `recentChosen(path)`, `recentForgotten(path)`."""

    newRequested = Signal()
    sampleRequested = Signal()
    openRequested = Signal()
    recentChosen = Signal(str)
    recentForgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons: list[tuple[QPushButton, str]] = []
        self._mark = QLabel()
        self._recent = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        page.setObjectName("page")
        scroll.setWidget(page)
        outer.addWidget(scroll)
        self._build(page)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _build(self, page: QWidget) -> None:
        px = theme().px
        middle = QHBoxLayout(page)
        holder = QWidget()
        holder.setMaximumWidth(px(1100))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        middle.addStretch(1)
        middle.addWidget(holder, 6)
        middle.addStretch(1)
        column.addStretch(1)
        column.addLayout(self._head())
        column.addSpacing(px(20))
        both = QHBoxLayout()
        both.setSpacing(px(24))
        both.addWidget(self._beginnings(), 1)
        both.addWidget(self._recent_card(), 1)
        column.addLayout(both)
        column.addStretch(2)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(16))
        words = QVBoxLayout()
        name, line = QLabel("Narratief"), QLabel(_("From what people tell to what it means."))
        name.setFont(theme().reading_font(12))
        line.setProperty("role", "quiet")
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(line)
        words.addStretch(1)
        row.addWidget(self._mark)
        row.addLayout(words)
        row.addStretch(1)
        return row

    def _beginnings(self) -> QFrame:
        card, box = _card(_("Begin"))
        hints = (
            (_("New project"), _("An empty project with the codebook for narrative analysis"), "new",
             self.newRequested),
            (_("Open the sample study"), _("A small finished study to look around in"), "sample", self.sampleRequested),
            (_("Open a project…"), _("A project on this computer"), "open", self.openRequested),
        )
        for nr, (text, hint, drawing, signal) in enumerate(hints):
            button = QPushButton(text)
            button.setProperty("role", "primary" if nr == 0 else "")
            button.setStyleSheet("text-align: left;")
            button.setAccessibleDescription(hint)
            button.clicked.connect(signal)
            self._icons.append((button, drawing))
            group = QVBoxLayout()
            group.setSpacing(theme().px(3))
            group.addWidget(button)
            group.addWidget(_quiet(hint))
            box.addLayout(group)
            if nr == 0:
                self.setFocusProxy(button)
        box.setSpacing(theme().px(12))
        box.addStretch(1)
        return card

    def _recent_card(self) -> QFrame:
        card, box = _card(_("Recent projects"))
        box.addLayout(self._recent)
        box.addStretch(1)
        box.addWidget(_quiet(_("Or drop a project or transcripts anywhere on this window.")))
        return card

    def set_recent(self, paths: list[str]) -> None:
        """Show recent projects, the latest first."""
        while self._recent.count():
            taken = self._recent.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        for path in paths:
            self._recent.addWidget(self._recent_line(path))
        if not paths:
            self._recent.addWidget(_quiet(_("No project opened yet. The sample study is a good first look.")))

    def _recent_line(self, path: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        name = Path(path).stem if "://" not in path else path.rsplit("/", 1)[-1]
        button = QPushButton(name)
        button.setProperty("role", "link")
        button.setToolTip(path)
        button.clicked.connect(lambda: self.recentChosen.emit(path))
        forget = QToolButton()
        forget.setProperty("role", "flat")
        forget.setIcon(icon("close", theme().tokens.quiet))
        forget.setToolTip(_("Take {name} from this list", name=name))
        forget.setAccessibleName(forget.toolTip())
        forget.clicked.connect(lambda: self.recentForgotten.emit(path))
        where = _quiet(_shortened(path))
        where.setWordWrap(False)
        row.addWidget(button)
        row.addWidget(where, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(forget)
        return line

    def _restyle(self) -> None:
        self._mark.setPixmap(pixmap("narratief", theme().px(72), ""))
        side = theme().px(20)
        for nr, (button, drawing) in enumerate(self._icons):
            button.setIconSize(QSize(side, side))
            button.setIcon(icon(drawing, theme().tokens.on_accent if nr == 0 else None))


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    box = QVBoxLayout(card)
    px = theme().px
    box.setContentsMargins(px(24), px(20), px(24), px(20))
    box.setSpacing(px(8))
    head = QLabel(title)
    head.setProperty("role", "heading")
    box.addWidget(head)
    return card, box


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    return label


def _shortened(path: str) -> str:
    folder = str(Path(path).parent) if "://" not in path else path.split("://", 1)[0]
    home = str(Path.home())
    shown = "~" + folder[len(home):] if folder.startswith(home) else folder
    return shown if len(shown) <= 40 else "…" + shown[-39:]
