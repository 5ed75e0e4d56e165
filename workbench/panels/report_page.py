"""The middle of the place Rapport: a section as it will read, and below it the researcher's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from exports.paper import Own
from workbench.i18n import _
from workbench.itemmodels.report_html import front_of, page
from workbench.itemmodels.report_made import Made
from workbench.theme import theme


class ReportPage(QWidget):
    """`written(place, words)` when own words were left with other words than they had; `sourceWanted(part, row)` when a
    sentence is clicked (row -1: the part as a whole)."""

    written = Signal(str, str)
    sourceWanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Made | None = None
        self.section, self._place, self._kept = -1, "", ""
        self.text, self.editor, self.places = QTextBrowser(), QPlainTextEdit(), QComboBox()
        self._below, self._label = QWidget(), QLabel(_("Own words"))
        self._arrange()
        self.text.anchorClicked.connect(self._follow)
        self.editor.installEventFilter(self)
        self.places.activated.connect(lambda at: self._edit(at))
        theme().changed.connect(self._draw)

    def _arrange(self) -> None:
        px = theme().px
        outer, below, head = QVBoxLayout(self), QVBoxLayout(self._below), QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        below.setContentsMargins(0, px(6), 0, 0)
        below.setSpacing(px(4))
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("The section as it will read"))
        self.text.document().setDocumentMargin(px(16))
        self.editor.setAccessibleName(_("Own words"))
        self.editor.setTabChangesFocus(True)
        self._label.setProperty("role", "heading")
        self._label.setBuddy(self.editor)
        self.places.setAccessibleName(_("Where the own words stand"))
        head.addWidget(self._label)
        head.addWidget(self.places, 1)
        below.addLayout(head)
        below.addWidget(self.editor, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.text)
        parts.addWidget(self._below)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        parts.setSizes([px(430), px(170)])
        parts.setChildrenCollapsible(False)
        outer.addWidget(parts)

    # what is shown

    def show_section(self, made: Made, section: int, part: int = -1) -> None:
        """Show a section, with the part in sight."""
        same = section == self.section
        self._made, self.section = made, min(section, len(made.sections) - 1)
        self._draw()
        own = made.own(self.section)
        self._below.setVisible(bool(own))
        chosen = made.paper.parts[part] if 0 <= part < len(made.paper.parts) else None
        self._offer(own, chosen.place if isinstance(chosen, Own) else self._place if same else "")
        if part >= 0:
            self.text.scrollToAnchor(f"part:{part}")

    def write(self) -> None:
        """Go and type own words."""
        if self._below.isVisible():
            self.editor.setFocus()

    def leave(self) -> None:
        """Keep what is typed."""
        words = self.editor.toPlainText().strip()
        if self._place and words != self._kept.strip():
            self._kept = words
            self.written.emit(self._place, words)

    def _draw(self) -> None:
        if self._made is None:
            return
        tokens = theme().tokens
        ink = {"text": tokens.text, "quiet": tokens.quiet, "accent": tokens.accent, "tint": tokens.accent_tint,
               "line": tokens.line}
        at = self.text.verticalScrollBar().value()
        for n in self._made.sections[self.section].parts:
            if n in self._made.pictures:
                picture = QImage.fromData(self._made.pictures[n])
                width = min(picture.width(), max(300, self.text.viewport().width() - theme().px(56)))
                self.text.document().addResource(
                    QTextDocument.ResourceType.ImageResource.value, QUrl(f"figure:{n}"),
                    picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        self.text.document().setDefaultFont(theme().reading_font(-1))
        front = front_of(self._made.paper, ink) if self.section == 0 else ""
        self.text.setHtml(page(self._made.paper.parts, self._made.sections[self.section].parts, ink, front))
        self.text.verticalScrollBar().setValue(at)

    def _offer(self, own: Sequence[Own], wanted: str) -> None:
        """Offer the places of the section, one of them to type at."""
        at = next((n for n, one in enumerate(own) if one.place == wanted), 0)
        self.places.clear()
        for one in own:
            self.places.addItem(one.title, one)
        self.places.setVisible(len(own) > 1)
        if own:
            self.places.setCurrentIndex(at)
            self._show_own(own[at])
        else:
            self._place = ""

    def _edit(self, at: int) -> None:
        self.leave()
        self._show_own(self.places.itemData(at))

    def _show_own(self, own: Own) -> None:
        self._label.setText(own.title if self.places.count() < 2 else _("Own words"))
        self.editor.setPlaceholderText(own.prompt)
        self.editor.viewport().update()  # Qt paints a hint that is replaced by another only when something else changes
        typing = self.editor.hasFocus() and own.place == self._place and self.editor.toPlainText() != self._kept
        self._place, self._kept = own.place, own.body
        if not typing and self.editor.toPlainText() != own.body:
            self.editor.setPlainText(own.body)

    # what is done

    def _follow(self, url: QUrl) -> None:
        kind, _colon, rest = url.toString().partition(":")
        if kind == "part":
            self.sourceWanted.emit(int(rest), -1)
        elif kind == "row":
            part, _colon, row = rest.partition(":")
            self.sourceWanted.emit(int(part), int(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.leave()
        return super().eventFilter(watched, event)
