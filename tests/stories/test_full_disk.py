"""A full disk and a folder where nothing may be written: a clear message, nothing half, and the project still opens."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from codebook import coding, founding
from codebook.checks import problems
from codebook.counts import counts_of
from codebook.models import Code, Coding
from corpora import narratives
from corpora.errors import ProjectError
from corpora.importing import import_files
from corpora.messages import message
from corpora.models import Document, Narratief
from corpora.store.project import Project
from tests.stories import victim
from workbench import demo

ROOM = "3m"
"""Size of the small disk: a project with its codebook fits, hundreds of transcripts do not."""


def mounted(folder: Path, *options: str) -> None:
    """A small file system of its own at a folder; skips the test where one may not make that."""
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted(folder, "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def made(place: Path, source: Path) -> Project:
    """A project with one cut transcript."""
    project = founding.found(place, author="Noor")
    source.write_text(victim.body_of(0), encoding="utf-8")
    report = import_files(project, [source])
    project.step(message("Cut"), narratives.set_segmentation, report.documents[0].document_id,
                 victim.spans_of(victim.body_of(0)))
    return project


def shrink(project: Project) -> Callable[[], None]:
    """Let the database grow by a few pages only, as on a disk that is all but full; returns what gives room again."""
    with project.engine.connect() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    project.engine.dispose()
    event.listen(project.engine, "connect", limit)

    def free() -> None:
        event.remove(project.engine, "connect", limit)
        project.engine.dispose()

    return free


def sources(folder: Path, n: int) -> list[Path]:
    found = []
    for k in range(1, n + 1):
        path = folder / f"zaak {k}.txt"
        path.write_text("\n".join(victim.body_of(m) for m in range(k * 100, k * 100 + 12)), encoding="utf-8")
        found.append(path)
    return found


def import_until_full(project: Project, paths: list[Path]) -> None:
    """Import until the disk is full: from then on files fail with a clear line; those before are whole."""
    report = import_files(project, paths)
    assert report.failed, "the disk was never full"
    assert "The disk is full" in str(report.failed[0].reason)
    with project.read() as session:
        titles = set(session.scalars(select(Document.title)))
    assert titles == {"zaak 0"} | {found.title for found in report.documents}


def is_sound(place: Path) -> None:
    project = Project.open(place, "Noor")
    assert [str(p) for p in problems(project)] == []
    project.close()


def test_import_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    place = small_disk / "study.narratief"
    project = made(place, tmp_path / "zaak 0.txt")
    import_until_full(project, sources(tmp_path, 40))
    project.close()
    is_sound(place)


def test_coding_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    place = small_disk / "study.narratief"
    project = made(place, tmp_path / "zaak 0.txt")
    (small_disk / "film.mp4").write_bytes(b"x" * (os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize))
    acknowledged = code_until_full(project)
    project.close()
    (small_disk / "film.mp4").unlink()
    is_sound(place)
    again = Project.open(place, "Noor")
    assert counts_of(again)["codings"] == acknowledged
    again.close()


def code_until_full(project: Project) -> int:
    """Code one by one until the disk is full; how many codings were acknowledged."""
    acknowledged = 0
    with project.read() as session:
        pieces = session.scalars(select(Narratief.id).order_by(Narratief.id)).all()
        codes = session.scalars(select(Code.id).order_by(Code.id)).all()
    with pytest.raises(ProjectError, match="The disk is full"):
        for piece in pieces:
            for code in codes:
                project.step(message("Code"), give, piece, code)
                acknowledged += 1
    return acknowledged


def give(session: Any, piece: int, code: int) -> None:
    coding.apply(session, coding.coder_id(session, "Noor"), [piece], [code])


def test_a_database_that_cannot_grow(tmp_path: Path) -> None:
    place = tmp_path / "study.narratief"
    project = made(place, tmp_path / "zaak 0.txt")
    free = shrink(project)
    paths = sources(tmp_path, 4)
    report = import_files(project, paths)
    assert [f.file for f in report.failed] == [p.name for p in paths]
    assert all("The disk is full" in str(f.reason) for f in report.failed)
    acknowledged = code_until_full(project)
    free()
    with project.read() as session:
        assert session.scalar(select(func.count(Coding.id))) == acknowledged
    assert not import_files(project, paths).failed, "with room again the same import works"
    project.close()
    is_sound(place)


def test_no_half_project_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "film.mp4").write_bytes(b"x" * (2_900 * 1024))
    with pytest.raises(ProjectError, match=r"The disk is full|could not be read or written"):
        founding.found(small_disk / "study.narratief")
    assert [p.name for p in small_disk.iterdir()] == ["film.mp4"]


def test_no_half_sample_study_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "film.mp4").write_bytes(b"x" * (1_500 * 1024))
    with pytest.raises(ProjectError, match="The disk is full"):
        demo.make(str(small_disk / "demo.narratief"))
    assert [p.name for p in small_disk.iterdir()] == ["film.mp4"]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with a project in which nothing can be written, not by root either."""
    folder = tmp_path / "locked"
    folder.mkdir()
    made(folder / "study.narratief", tmp_path / "zaak 0.txt").close()
    if os.name == "posix" and os.geteuid() != 0:
        folder.chmod(0o555)
        (folder / "study.narratief").chmod(0o444)
        yield folder
        folder.chmod(0o755)
        return
    mounted(folder, "--bind", str(folder))
    subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_new_in_a_read_only_folder(read_only: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be made here"):
        founding.found(read_only / "other.narratief")
    assert not (read_only / "other.narratief").exists()


def test_a_project_in_a_read_only_folder(read_only: Path) -> None:
    before = (read_only / "study.narratief").read_bytes()
    with pytest.raises(ProjectError, match=r"Copy it to a folder where you may write|Check that the folder"):
        project = Project.open(read_only / "study.narratief", "Noor")
        project.step(message("Coder"), coding.coder_id, "Noor")
    assert (read_only / "study.narratief").read_bytes() == before
