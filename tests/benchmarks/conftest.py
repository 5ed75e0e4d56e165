"""Generated projects, each made once for all measurements."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from workbench.generate import generate

Study = Callable[[int], Path]


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Where a generated project of so many narratieven lies; only to be read."""
    kept = os.environ.get("NARRATIEF_STUDIES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("studies")

    def made(n: int) -> Path:
        place = folder / f"study-{n}.narratief"
        if not place.exists():
            begin = perf_counter()
            generate(place, n)
            print(f"\ngenerate {n:>9,} narratieven: {perf_counter() - begin:6.1f} s, "
                  f"{place.stat().st_size / 2**20:,.0f} MiB")
        return place

    return made


@pytest.fixture
def copy_of_study(study: Study, tmp_path: Path) -> Study:
    """A copy of a generated project, to write in."""
    return lambda n: Path(shutil.copy(study(n), tmp_path / "groot.narratief"))
