"""The door to spaCy: opened late, never downloading, and useful in another process."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from corpora import language
from corpora.lemmas import lemmas


def test_nothing_loads_spacy_before_names_are_asked() -> None:
    code = ("import sys, corpora.language, corpora.lemmas, corpora.segmentation\n"
            "corpora.lemmas.lemma('huizen')\n"
            "if corpora.language.entity_model() is None:\n    corpora.language.entities('Anna')\n"
            "assert 'spacy' not in sys.modules")
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_without_a_model_there_are_no_entities() -> None:
    if language.entity_model() is not None:
        pytest.skip("a Dutch model is installed")
    assert language.entities("Anna woont in Utrecht.") == []


def test_a_missing_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_NEEDED", ("lemma_lookup", "lemma_exc", "no_such_table"))
    language.tables.cache_clear()
    with pytest.raises(language.LanguageDataError, match="Install Narratief again"):
        language.tables()
    language.tables.cache_clear()


def test_language_work_runs_in_a_worker_process() -> None:
    with ProcessPoolExecutor(1, initializer=language.warm_up) as pool:
        assert pool.submit(lemmas, "mooie huizen").result() == [(0, 5, "mooi"), (6, 12, "huis")]


def test_long_texts_are_cut_at_line_ends() -> None:
    text = ("een regel met woorden\n" * 12_000)
    pieces = language._pieces(text)
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start:start + len(piece)] == piece for start, piece in pieces)
    assert all(piece.endswith("\n") for _, piece in pieces)
