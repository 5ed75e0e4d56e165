"""What holds for every test with widgets: nothing of it is left for the next one to restyle or repaint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from workbench.jobs import jobs
from workbench.tidying import Tidying


@pytest.fixture(scope="session")
def _tidying() -> Iterator[Tidying]:
    """As in the program, garbage is collected in the window's thread and in no other."""
    made = Tidying()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _no_widgets_left(_tidying: Tidying) -> Iterator[None]:
    """Stop the work and delete the windows that a test leaves; those of wider fixtures stay."""
    before = {id(widget) for widget in _windows()}
    yield
    if QApplication.instance() is None:
        return
    jobs().cancel_all()
    for widget in _windows():
        if id(widget) not in before and shiboken6.isValid(widget):
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _tidying.tidy()


def _windows() -> list[QWidget]:
    """The windows that belong to no other widget."""
    if QApplication.instance() is None:
        return []
    return [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]
