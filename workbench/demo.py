"""The sample study: a fictional evaluation of neighbourhood teams, brought in the way any study is.

The data files lie in `corpora/samples`: the transcripts as they came from their writers, and beside them what three
coders made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_documents_path
from sqlalchemy.orm import Session

from codebook import cmo_files, coding, founding, memos, pattern_files, questions
from codebook.coding import BulkRow
from corpora import attributes, documents, fragments, moving, narratives
from corpora.errors import ProjectError
from corpora.importing import import_file
from corpora.messages import message
from corpora.store.project import Project
from corpora.tables import Table, read_table

SAMPLES = Path(str(resources.files("corpora"))) / "samples"
NAME = "Voorbeeldstudie.narratief"
RESEARCHER = "Mirthe"
CODERS = ("Noor", "Sem", "Yara")
"""The fictional onderzoeker, and the students who coded."""


def default_place() -> Path:
    """Where the sample study goes when nobody says where: the user's documents."""
    return user_documents_path() / "Narratief" / NAME


def is_there(place: str) -> bool:
    """Whether something stands at this place already."""
    if "://" not in place:
        return Path(place).exists()
    try:
        Project.open(place).close()
    except ProjectError:
        return False
    return True


def make(place: str) -> None:
    """Write the sample study; a file appears whole or not at all."""
    if "://" in place:
        with TemporaryDirectory() as folder:
            make(str(Path(folder) / NAME))
            moving.move(str(Path(folder) / NAME), place)
        return
    target = Path(place)
    if target.suffix != ".narratief":
        raise ProjectError("A project's name ends in {suffix}: {name} does not.", suffix=".narratief",
                           name=target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.stem}.half{target.suffix}")
    _remove(draft)
    try:
        _fill(str(draft))
        draft.rename(target)
    except BaseException:
        _remove(draft)
        raise


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _fill(place: str) -> None:
    project = founding.found(place, author=RESEARCHER, title="Wijkteams Lindenrade")
    try:
        _bring_in(project)
        _cut(project)
        project.step(message("Research questions"), _ask)
        for name in CODERS:
            project.author = name
            _code(project, name)
        _evaluate(project)
        project.step(message("Patterns"), _conclude)
    finally:
        project.close()


def _bring_in(project: Project) -> None:
    for row in read_table(SAMPLES / "documenten.csv").dicts():
        import_file(project, SAMPLES / row["file"], kind=row["kind"], group=row["group"])
    values = read_table(SAMPLES / "attributes.csv")
    project.step(message("Import attributes from {file}", file=values.name), attributes.import_table, values)


def _cut(project: Project) -> None:
    wanted = fragments.of_table(read_table(SAMPLES / "boundaries.csv"))
    for title, spans in wanted.items():
        project.step(message("Segment «{title}»", title=title), _segment, title, spans)


def _segment(session: Session, title: str, spans: Sequence[narratives.Span]) -> None:
    narratives.set_segmentation(session, documents.find(session, title).id, spans)


def _ask(session: Session) -> None:
    numbers = {row["label"]: questions.add_deelvraag(session, row["label"], row["question"])
               for row in read_table(SAMPLES / "deelvragen.csv").dicts()}
    for row in read_table(SAMPLES / "queries.csv").dicts():
        questions.save_query(session, row["name"], row["expression"], deelvraag_id=numbers[row["deelvraag"]],
                             unit=row["unit"])


def _code(project: Project, name: str) -> None:
    table = read_table(SAMPLES / f"codings-{name.casefold()}.csv")
    rows = [BulkRow(r["document"], int(r["narratief"]), r["code"], r["reason"], n)
            for n, r in enumerate(table.dicts(), 2)]
    for title in dict.fromkeys(row.document for row in rows):
        project.step(message("Code «{title}»", title=title), _code_document, name, title,
                     [row for row in rows if row.document == title])


def _code_document(session: Session, name: str, title: str, rows: Sequence[BulkRow]) -> None:
    """A coder's work on one document: codes, memos, flags and quotes, and *klaar* at the end."""
    coding.apply_bulk(session, name, rows)
    coder, document = coding.coder_id(session, name), documents.find(session, title)
    numbered = narratives.numbers(narratives.of_document(session, document.id))
    at = {nr: number for number, nr in numbered.items()}
    for row in _own(read_table(SAMPLES / "memos.csv"), name, title):
        memos.write(session, coder, "narratief", at[int(row["narratief"])], row["memo"])
    for row in _own(read_table(SAMPLES / "flags.csv"), name, title):
        coding.set_flag(session, coder, at[int(row["narratief"])], True, row["reason"])
    for row in _own(read_table(SAMPLES / "quotes.csv"), name, title):
        memos.quote(session, coder, document.id, int(row["start"]), int(row["end"]))
    coding.set_done(session, coder, document.id, True)


def _evaluate(project: Project) -> None:
    """The first CMO configurations, made by the student who coded first."""
    project.author = CODERS[0]
    found = cmo_files.read(SAMPLES / "cmo.json")
    project.step(message("CMO findings from {file}", file="cmo.json"), cmo_files.put, found, CODERS[0])


def _conclude(session: Session) -> None:
    """The patterns under the deelvragen, with their evidence and how far the analysis is."""
    coder = coding.coder_id(session, CODERS[0])
    found = pattern_files.put_patterns(session, coder, read_table(SAMPLES / "patronen.csv"))
    pattern_files.put_evidence(session, coder, read_table(SAMPLES / "patroonbewijs.csv"), found)
    pattern_files.put_phases(session, coder, read_table(SAMPLES / "fasen.csv"))


def _own(table: Table, name: str, title: str) -> list[dict[str, str]]:
    return [row for row in table.dicts() if (row["coder"], row["document"]) == (name, title)]
