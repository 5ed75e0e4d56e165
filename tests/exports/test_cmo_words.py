"""An element of a configuration in the words of a reader."""

from __future__ import annotations

import pytest

from codebook.cmo_views import ElementView
from exports.cmo_words import element_said
from tests.exports.findings import DUTCH


@pytest.mark.parametrize(("role", "valence", "basis", "said"), [
    ("context", -1, "waargenomen", "team: het is druk (belemmerend)"),
    ("outcome", 1, "waargenomen", "team: het is druk (gewenst)"),
    ("outcome", -1, "verwacht", "team: het is druk (ongewenst, verwacht)"),
    ("mechanisme-redenering", 0, "geimpliceerd", "team: het is druk (verondersteld)"),
    ("context", 0, "waargenomen", "team: het is druk")])
def test_a_sign_is_written_as_a_word(role: str, valence: int, basis: str, said: str) -> None:
    assert element_said(DUTCH, ElementView(1, role, "team", "het is\ndruk", valence, basis, None)) == said
