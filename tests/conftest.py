"""What holds for every test: no screen is needed, and nobody's own settings or language play along."""

import os
import tempfile
from collections.abc import Iterator

import pytest

from workbench.i18n import current_language, set_language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("NARRATIEF_HOME", tempfile.mkdtemp(prefix="narratief-tests-"))


@pytest.fixture(scope="module", autouse=True)
def _english_to_begin_with() -> None:
    """No file of tests finds the language that another one chose."""
    set_language("en")


@pytest.fixture(autouse=True)
def _language_as_it_was() -> Iterator[None]:
    """No test finds the language that another one chose."""
    before = current_language()
    yield
    set_language(before)
