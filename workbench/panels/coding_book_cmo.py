"""What a code is in realist evaluation: its role, and the kernelementen that it is a code of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QToolButton, QWidget

from codebook.models import CMO_ROLES
from workbench.i18n import _
from workbench.widgets.board.words import role_word


class RoleField(QComboBox):
    """The role of a code. `picked(role)`, empty for none; the wheel scrolls the form and changes nothing."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem(_("none"), "")
        for role in CMO_ROLES:
            self.addItem(role_word(role), role)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.installEventFilter(self)
        self.activated.connect(lambda _n: self.picked.emit(str(self.currentData())))

    def show_role(self, role: str) -> None:
        """Show a role."""
        self.setCurrentIndex(max(0, self.findData(role)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class KernelementField(QToolButton):
    """The kernelementen of a code, to tick in a menu. `picked(labels)`."""

    picked = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._menu.setToolTipsVisible(True)

    def show_labels(self, chosen: Sequence[str], offered: Sequence[str]) -> None:
        """Show which kernelementen are ticked, of those that there are."""
        if [(a.data(), a.isChecked()) for a in self._actions()] != [(o, o in chosen) for o in offered]:
            self._menu.clear()
            for label in offered:
                # An ampersand in a name is no key.
                action = self._menu.addAction(label.replace("&", "&&"))
                action.setData(label)
                action.setCheckable(True)
                action.setChecked(label in chosen)
                action.triggered.connect(lambda _on: self.picked.emit(self.labels()))
        told = "; ".join(chosen) or (_("none") if offered else _("There are no kernelementen yet"))
        self.setText(f"{told}  ▾")
        self.setToolTip(told)
        self.setEnabled(bool(offered))
        self.setAccessibleDescription(told)

    def _actions(self) -> list[QAction]:
        return list(self._menu.actions())

    def labels(self) -> tuple[str, ...]:
        """The kernelementen that are ticked."""
        return tuple(str(action.data()) for action in self._actions() if action.isChecked())

    def action_of(self, label: str) -> QAction:
        """The line of a kernelement in the menu."""
        return next(action for action in self._actions() if action.data() == label)
