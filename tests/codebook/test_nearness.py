"""Names that look like one that does not exist."""

from __future__ import annotations

import pytest

from codebook.nearness import nearest

LABELS = ["dialogisch werken", "werkzame factor", "wijkteam", "wijk", "sociale relaties", "positief"]


@pytest.mark.parametrize(("name", "first"), [
    ("Positeif", "positief"), ("factor", "werkzame factor"), ("Dialoog", "dialogisch werken"),
    ("Werkzaamheid", "werkzame factor"), ("wijkteams", "wijkteam"), ("relatie", "sociale relaties"),
])
def test_a_slip_a_part_and_another_form_are_found(name: str, first: str) -> None:
    assert nearest(name, LABELS)[0] == first


def test_what_looks_like_nothing_gets_no_suggestion_and_never_more_than_three_come() -> None:
    assert nearest("qqq", LABELS) == []
    assert len(nearest("w", [f"w{n}" for n in range(9)])) <= 3
