"""The key destroyed: no byte of the project tells a name any more, and every boundary, coding and quote stays."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from codebook import coding, memos
from codebook.models import Coding, Quote
from corpora import attributes, corrections, documents, fragments, narratives, pseudonyms, search
from corpora.errors import ProjectError, UsageError
from corpora.importing import import_file, import_files
from corpora.messages import message
from corpora.models import Document, NameDecision, Narratief, Pseudonym
from corpora.pseudonym_places import places_of
from corpora.store.project import Project
from corpora.store.schema import back_up
from tests.codebook.places import code_ids, coder, project_with_text

NAMES = {"Fatima El Amrani": "Persoon A", "Fatima": "Persoon B", "Overvecht": "Plaats A", "André": "Persoon C",
         "Stichting Zonnebloem": "Organisatie A", "Bos": "Persoon D"}
SECRETS = ("fatima", "amrani", "overvecht", "andré", "andre", "zonnebloem")
"""What may stand nowhere, in any case; *Bos* may, as a tree is one too."""

TALK = """Interviewer: Hoe lang woont u hier?
Fatima: Ik ben Fatima El Amrani en ik woon in Overvecht. Toen ik kwam, was Stichting Zonnebloem er al.
Interviewer: En toen?
Fatima: Mevrouw Bos liep naar het bos. FATIMA, riep André, kom eens! Fatima's zus kwam ook. Ook in overvecht.
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = project_with_text(tmp_path)
    talk = tmp_path / "Interview_Fatima.txt"
    talk.write_text(TALK, encoding="utf-8")
    import_file(made, talk, group="Bewoners Overvecht")
    gone = tmp_path / "Tweede gesprek André.txt"
    gone.write_text(TALK.replace("Fatima El Amrani", "de zus van André uit Overvecht"), encoding="utf-8")
    import_file(made, gone)
    made.undo()
    _work(made)
    yield made
    made.close()


def _work(made: Project) -> None:
    """Names wherever a researcher can put them."""
    codes, who = code_ids(made), coder(made, "Anna")
    number = _document(made).id
    made.step(message("Segment"), lambda s: narratives.set_segmentation(
        s, number, fragments.proposals(made, [_document(made).title])[_document(made).title]))
    with made.read() as session:
        pieces = [n.id for n in narratives.of_document(session, number) if n.counts]
    made.step(message("Code"), coding.apply, who, [pieces[0]], [codes["Steun"]])
    made.step(message("Not mentioned"), coding.set_not_mentioned, who, pieces[0], 2, "Fatima zegt er niets over")
    made.step(message("Memo on {what}", what="Fatima in Overvecht"), memos.write, who, "narratief", pieces[0],
              "André was erbij, zie OVERVECHT")
    made.step(message("Attributes"), attributes.set_values, number, {"wijk": "Overvecht", "Zus van André": "ja"})
    with made.read() as session:
        text = documents.text_of(session, session.get_one(Document, number))
    at = text.index("woon in Overvecht")
    made.step(message("Quote"), memos.quote, who, number, at, at + len("woon in Overvecht"))
    made.step(message("Correct"), corrections.correct, number, text.index("kom eens"), text.index("kom eens") + 8,
              "kom toch eens")


def _document(made: Project) -> Document:
    with made.read() as session:
        return next(d for d in documents.in_order(session) if d.title != "Gesprek")


def _words(made: Project) -> dict[str, list[str]]:
    """The text under every span, per kind of span."""
    found: dict[str, list[str]] = {}
    with made.read() as session:
        document = _document(made)
        text = documents.text_of(session, document)
        found["turns"] = [text[t.start:t.end] for t, _ in documents.turns_of(session, document.id)]
        found["narratieven"] = [text[n.start:n.end] for n in narratives.of_document(session, document.id)]
        found["quotes"] = [text[q.start:q.end] for q in session.query(Quote).filter_by(document_id=document.id)]
        found["codings"] = [text[n.start:n.end] for n in session.query(Narratief).join(
            Coding, Coding.narratief_id == Narratief.id)]
    return found


def _everything(folder: Path, made: Project) -> str:
    """All that the files beside a project can tell, lower case: raw bytes and unpacked log entries."""
    assert made.path is not None
    raw = [p.read_bytes() for p in folder.iterdir() if p.name.startswith(made.path.stem)]
    with sqlite3.connect(made.path) as connection:
        for (payload,) in connection.execute("SELECT payload FROM change_rows"):
            raw.append(zlib.decompress(payload[1:]) if payload[:1] == b"z" else payload)
    connection.close()
    return "\n".join(part.decode("utf-8", "ignore").lower() for part in raw)


def test_a_destroyed_key_leaves_no_name_behind(project: Project, tmp_path: Path) -> None:
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    project.undo()
    project.redo()
    backup = tmp_path / "proef.backup-v1.narratief"
    assert project.path is not None
    back_up(project.path, backup)
    before = _everything(tmp_path, project)
    assert all(secret in before for secret in SECRETS if secret != "andre")
    assert pseudonyms.destroy_key(project) == [backup.name]
    after = _everything(tmp_path, project)
    assert [secret for secret in SECRETS if secret in after] == []
    project.close()
    again = Project.open(project.path)
    assert [secret for secret in SECRETS if secret in _everything(tmp_path, again)] == []
    assert again.undo() is None and again.redo() is None
    with again.read() as session:
        assert session.query(Pseudonym).count() == 0 and session.query(NameDecision).count() == 0
        assert search.find(session, "Plaats A") and not search.find(session, "Overvecht")
    again.close()


def test_every_span_keeps_its_words(project: Project) -> None:
    def renamed(text: str) -> str:
        for name, pseudonym in {**NAMES, "FATIMA": "Persoon B", "overvecht": "Plaats A"}.items():
            if name != "Bos":
                text = text.replace(name, pseudonym)
        return text.replace("Mevrouw Bos", "Mevrouw Persoon D")

    before = _words(project)
    assert before["quotes"] == ["woon in Overvecht"] and len(before["codings"]) == 1
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    assert _words(project) == {kind: [renamed(w) for w in words] for kind, words in before.items()}
    assert "liep naar het bos" in "".join(_words(project)["narratieven"])
    middle = _words(project)
    pseudonyms.destroy_key(project)
    assert _words(project) == middle
    project_log = [step.state for step in project.log()]
    assert set(project_log) <= {"barred", "dropped"}


def test_undo_of_replacing_brings_all_names_back(project: Project) -> None:
    before = _words(project)
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    assert _document(project).title == "Interview_Persoon B"
    project.undo()
    assert _words(project) == before and _document(project).title == "Interview_Fatima"
    with project.read() as session:
        assert pseudonyms.known_names(session) == []


def test_names_of_an_undone_key_leave_the_log_too(project: Project, tmp_path: Path) -> None:
    project.step(message("Replace names"), pseudonyms.replace_names, {"Gerritsen": "Persoon Q"})
    project.undo()
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    pseudonyms.destroy_key(project)
    assert "gerritsen" not in _everything(tmp_path, project)


def test_titles_that_become_the_same_are_told_apart(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "Interview_Zeynep.txt"
    other.write_text("Zeynep: Nog een gesprek.\nFatima: Ja.\n" * 4, encoding="utf-8")
    import_files(project, [other])
    key = {"Fatima": "Bewoner", "Zeynep": "Bewoner"}
    project.step(message("Replace names"), pseudonyms.replace_names, key)
    with project.read() as session:
        titles = [d.title for d in documents.in_order(session)]
        second = documents.find(session, "Interview_Bewoner (2)").id
        speakers = [s.label for _, s in documents.turns_of(session, second)]
    assert titles == ["Gesprek", "Interview_Bewoner", "Interview_Bewoner (2)"]
    assert sorted(set(speakers)) == ["Bewoner", "Bewoner (2)"]
    project.step(message("Replace names"), pseudonyms.replace_names, {"Amrani": "X1"})
    with project.read() as session:
        assert [d.title for d in documents.in_order(session)] == titles, "a title without names stays"


def test_a_reader_elsewhere_holds_the_destruction_up_before_anything_is_done(project: Project) -> None:
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    assert project.path is not None
    other = sqlite3.connect(project.path)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM document").fetchone()
    project.step(message("Later"), documents.rename, 1, "Ander gesprek")
    with pytest.raises(ProjectError):
        pseudonyms.destroy_key(project)
    with project.read() as session:
        assert pseudonyms.known_names(session) == sorted(NAMES)
    other.close()
    pseudonyms.destroy_key(project)
    assert pseudonyms.destroy_key(project) == [], "a second time only wipes"


def test_without_a_key_there_is_nothing_to_destroy(tmp_path: Path) -> None:
    project = project_with_text(tmp_path)
    with pytest.raises(UsageError):
        pseudonyms.destroy_key(project)
    project.close()


@pytest.mark.parametrize("key", [{"Jan": "Piet", "Piet": "Klaas"}, {"Jan": "Jan"}, {"Jan": "Jan-Willem"}])
def test_a_pseudonym_must_not_hold_a_name(project: Project, key: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        project.step(message("Replace names"), pseudonyms.replace_names, key)


def test_a_pseudonym_can_be_changed_everywhere(project: Project) -> None:
    project.step(message("Replace names"), pseudonyms.replace_names, NAMES)
    project.step(message("Change"), pseudonyms.change_pseudonym, "Fatima", "Naima")
    assert any("Naima, riep" in words for words in _words(project)["turns"])
    assert _document(project).title == "Interview_Naima"
    with project.read() as session:
        assert pseudonyms.names_in(session, "Later kwam FATIMA nog eens") == ["Fatima"]


@pytest.mark.parametrize(("body", "found"), [
    ("Fatima\n El Amrani kwam", ["Fatima\n El Amrani"]), ("FATIMA en fatima", ["FATIMA", "fatima"]),
    ("Interview_fatima2", ["fatima"]), ("InterviewFatima", ["Fatima"]), ("Bos in het bos, BOS", ["Bos", "BOS"]),
    ("Bosrand en Fatimah", []), ("Andre zei", ["Andre"]), ("Fatima's tas, Andrés tas", ["Fatima", "André"]),
])
def test_names_are_found_in_every_way_of_writing(body: str, found: list[str]) -> None:
    assert [body[a:b] for a, b, _ in places_of(body, NAMES)] == found
