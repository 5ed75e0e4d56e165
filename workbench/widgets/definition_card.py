"""The definition of the code in hand: what it means, when it fits, when not, an example."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.facet_values import PickerCode


class DefinitionCard(QTextBrowser):
    """Shows one code's definition, rule and anchor example; always in sight while coding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, PickerCode] | None = None
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Definition of the code"))
        theme().changed.connect(self._write)
        self._write()

    def show_code(self, facet: str, code: PickerCode | None) -> None:
        """Show a code, or the hint when there is none."""
        self._shown = (facet, code) if code is not None else None
        self._write()

    def _write(self) -> None:
        self.setMinimumHeight(theme().px(96))
        if self._shown is None:
            hint = _("Point at a code to read what it means.")
            self.setHtml(f'<p style="color:{theme().tokens.quiet}">{escape(hint)}</p>')
        else:
            self.setHtml(_card(*self._shown))


class DefinitionCards(QTextBrowser):
    """Shows the definitions of several codes, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, PickerCode], ...] = ()
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Definitions of the codes"))
        theme().changed.connect(self._write)

    def show_codes(self, codes: Sequence[tuple[str, PickerCode]]) -> None:
        """Show (facet, code) pairs."""
        if tuple(codes) != self._shown:
            self._shown = tuple(codes)
            self._write()

    def _write(self) -> None:
        line = f'<hr style="color:{theme().tokens.line}">'
        self.setHtml(line.join(_card(*one) for one in self._shown))


def _card(facet: str, code: PickerCode) -> str:
    quiet = theme().tokens.quiet
    head = f'<b>{escape(code.label)}</b> <span style="color:{quiet}">{escape(facet)} {code.number}'
    head += f" · {escape(code.group)}</span>" if code.group else "</span>"
    parts = [head, escape(code.definition or _("No definition yet."))]
    named = ((_("Use when"), code.use_when), (_("Not when"), code.use_not))
    parts += [f'<span style="color:{quiet}">{escape(name)}:</span> {escape(text)}' for name, text in named if text]
    if code.example:
        example = f"<i>“{escape(code.example)}”</i>"
        parts.append(f'<span style="color:{quiet}">{escape(_("Example"))}:</span> {example}')
    if not code.certain:
        parts.append(f'<span style="color:{quiet}">{escape(_("The source is not certain about this code."))}</span>')
    return "".join(f'<p style="margin:0 0 4px 0">{part}</p>' for part in parts)
