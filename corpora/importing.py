"""The way in: file → text → transcript → document, one step per file, so that a bad file fails alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpora import documents, narratives
from corpora.errors import NarratiefError
from corpora.messages import Message, message
from corpora.models import Document
from corpora.narratives import Span
from corpora.pseudonyms import names_in
from corpora.readers import SUPPORTED, read
from corpora.segmentation import propose
from corpora.store.project import Project
from corpora.store.writing import Writing
from corpora.transcript_types import Transcript
from corpora.transcripts import recognise


@dataclass(frozen=True)
class Imported:
    """A file that is in: document number (0 after a dry run), and what the report says of it."""

    document_id: int
    file: str
    title: str
    kind: str
    group: str | None
    words: int
    turns: int
    interviewer_turns: int
    speakers: tuple[str, ...]
    warnings: tuple[Message, ...]


@dataclass(frozen=True)
class Failed:
    """A file that could not be read, and why in one line."""

    file: str
    reason: Message


@dataclass
class Report:
    """What came of an import."""

    documents: list[Imported] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The transcript files among paths, folders opened, in order; hidden files and lock files left out. What an old
    Word wrote is there too, so that it is told why it does not come in."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in {*SUPPORTED, ".doc"}
                      and not p.name.startswith((".", "~$"))]
        else:
            found.append(path)
    return found


_SIGNS = {"logboek": "logboek", "logbook": "logboek", "dagboek": "logboek", "weeklog": "logboek",
          "kantel": "kantelbox", "focusgroep": "focusgroep", "focus groep": "focusgroep", "focusgroup": "focusgroep",
          "focus group": "focusgroep", "groepsgesprek": "focusgroep", "groepsinterview": "focusgroep",
          "interview": "interview"}


def guess_kind(name: str) -> str:
    """The kind of material that a file's name tells: a focus group wherever it is named, else by the first word that
    tells one (*interview over het logboek* is an interview); an interview where it tells nothing."""
    words = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    told = [(kind != "focusgroep", words.index(sign), kind) for sign, kind in _SIGNS.items() if sign in words]
    return min(told)[2] if told else "interview"


def guess_group(path: Path, roots: Sequence[Path]) -> str:
    """The respondent group that a file's folder tells, for files in a folder inside the one that was handed in."""
    for root in roots:
        if root.is_dir() and root in path.parents and path.parent != root:
            return path.parent.name
    return ""


def import_files(project: Project, paths: Sequence[Path], *, kind: str | None = None, group: str | None = None,
                 segment: bool = False, dry_run: bool = False,
                 progress: Callable[[int, int, str], bool] | None = None) -> Report:
    """Import files one by one; without a kind each file's name tells it. `progress(done, total, name)` is called before
    each and stops by returning False."""
    report = Report()
    for n, path in enumerate(paths):
        if progress is not None and not progress(n, len(paths), path.name):
            break
        try:
            report.documents.append(import_file(project, path, kind=kind or guess_kind(path.name), group=group,
                                                segment=segment, dry_run=dry_run))
        except NarratiefError as error:
            report.failed.append(Failed(path.name, error.message))
    return report


def import_file(project: Project, path: Path, *, kind: str = "interview", group: str | None = None,
                segment: bool = False, dry_run: bool = False) -> Imported:
    """Import one file as one step; a text that is there already is not imported twice."""
    source = read(path)
    transcript = recognise(source, kind)
    warnings = _once((*source.warnings, *transcript.warnings))
    with project.read() as session:
        warnings += _known_names(names_in(session, transcript.text), path)
        known = documents.with_content(session, transcript.text)
        if known is not None:
            again = message("{file} is in the project already, as «{title}».", file=path.name, title=known.title)
            return _imported(path, known.id, known.title, known.kind, group, transcript, (*warnings, again))
        title = documents.unique_title(session, path.stem)
    if dry_run:
        return _imported(path, 0, title, kind, group, transcript, warnings)
    spans = spans_of(transcript, kind) if segment else []
    number, title = project.step(message("Import {title}", title=title), _add, transcript, path, kind, group, spans)
    return _imported(path, number, title, kind, group, transcript, warnings)


def spans_of(transcript: Transcript, kind: str) -> list[Span]:
    """The program's proposal of narratieven for a transcript, as spans that nobody has accepted yet."""
    return [Span(p.start, p.end, p.narratief, proposed=True, certainty=p.certainty,
                 reason="[" + ",".join(m.to_json() for m in p.reasons) + "]")
            for p in propose(transcript.text, transcript.turns, kind=kind)]


def _add(session: Writing, transcript: Transcript, path: Path, kind: str, group: str | None,
         spans: Sequence[Span]) -> tuple[int, str]:
    number = documents.add(session, transcript, title=path.stem, kind=kind, group=group, file_name=path.name)
    narratives.set_segmentation(session, number, spans)
    title = session.get_one(Document, number).title
    return number, title


def _once(warnings: Sequence[Message]) -> tuple[Message, ...]:
    # Messages are no keys: their values may be anything.
    return tuple(w for n, w in enumerate(warnings) if w not in warnings[:n])


def _known_names(names: Sequence[str], path: Path) -> tuple[Message, ...]:
    return (message("{file} holds names that were replaced elsewhere: {names}. Replace them here too.", file=path.name,
                    names=", ".join(names)),) if names else ()


def _imported(path: Path, number: int, title: str, kind: str, group: str | None, transcript: Transcript,
              warnings: tuple[Message, ...]) -> Imported:
    turns = transcript.turns
    return Imported(number, path.name, title, kind, group, len(transcript.text.split()), len(turns),
                    sum(t.interviewer for t in turns), tuple(dict.fromkeys(t.speaker for t in turns)), warnings)
