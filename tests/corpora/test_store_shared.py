"""Several people in one project on a server: each hears of the others, in order, and nobody overwrites anybody."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook import asking, codes, coding, founding, questions
from codebook.checks import problems
from codebook.models import Code, Coder, Coding, Deelvraag
from codebook.reading import Reading
from corpora import corrections, documents, narratives
from corpora.errors import ConflictError
from corpora.messages import Message, message
from corpora.models import Document
from corpora.store.project import Changed, Project
from corpora.transcripts import recognise_text
from tests.codebook.places import code_ids, dump
from tests.postgres import own_database

TEXT = "".join(f"R: Zin nummer {n} gaat over de buurt en de mensen.\n" for n in range(12))


class Seat:
    """Somebody at work in the project: what was heard, and what the step number in sight is."""

    def __init__(self, place: str, name: str) -> None:
        self.project = Project.open(place, name)
        self.heard: list[Changed] = []
        self.states: list[bool] = []
        self.settled: list[tuple[str, bool]] = []
        self.reading = Reading(self.project)
        self.project.listen(self._hear)
        self.project.follow(self.states.append, lambda label, kept: self.settled.append((str(label), kept)))

    def _hear(self, changed: Changed) -> None:
        self.reading.update(changed)
        self.heard.append(changed)

    def labels(self) -> list[str]:
        return [str(changed.label) for changed in self.heard]

    def coder(self) -> int:
        return self.project.step(message("Coder"), coding.coder_id, self.project.author)

    def seen(self) -> int:
        return self.heard[-1].number if self.heard else 0

    def do_after(self, seen: int, label: str, operation: Callable[..., Any], *args: Any, typed: int | None = None,
                 **kwargs: Any) -> Any:
        with self.project.since(seen, typed):
            return self.project.step(Message(label), operation, *args, **kwargs)


def waited_for(what: Callable[[], bool], seconds: float = 5.0) -> float:
    """How long it took until something holds; a failure when it does not come."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "it did not come"
        time.sleep(0.005)
    return time.monotonic() - began


def _fill(session: Session) -> None:
    document = documents.add(session, recognise_text(TEXT), title="Gesprek", kind="interview")
    cuts = [0, *(n + 1 for n, sign in enumerate(TEXT) if sign == "\n")]
    narratives.set_segmentation(session, document, [narratives.Span(a, b) for a, b in pairwise(cuts)])


@pytest.fixture
def place() -> Iterator[str]:
    with own_database() as address:
        project = founding.found(address, author="Mirthe")
        project.step(message("Import"), _fill)
        project.close()
        yield address


@pytest.fixture
def seats(place: str) -> Iterator[tuple[Seat, Seat]]:
    both = Seat(place, "Noor"), Seat(place, "Sem")
    yield both
    for seat in both:
        seat.project.close()


def pieces(project: Project) -> list[int]:
    with project.read() as session:
        return [n.id for n in narratives.of_document(session, documents.find(session, "Gesprek").id)]


def last_step(project: Project) -> int:
    return project.log()[-1].id


def test_each_hears_of_the_other_within_a_second_and_of_itself_once(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    number, code = noor.coder(), code_ids(noor.project)["Autonomie"]
    noor.project.step(message("Code"), coding.apply, number, pieces(noor.project)[:1], [code])
    assert waited_for(lambda: "Code" in sem.labels()) < 1
    time.sleep(0.2)
    assert noor.labels() == sem.labels() == ["Coder", "Code"]
    assert [(c.own, c.author) for c in noor.heard] == [(True, "Noor")] * 2
    assert [(c.own, c.author) for c in sem.heard] == [(False, "Noor")] * 2
    assert sem.heard[-1].rows == noor.heard[-1].rows
    assert asking.query(sem.reading, "Autonomie").count == 1
    noor.project.undo()
    waited_for(lambda: sem.heard[-1].kind == "undo")
    assert asking.query(sem.reading, "Autonomie").count == 0


def test_steps_made_at_once_are_heard_in_the_order_of_the_log(seats: tuple[Seat, Seat]) -> None:
    code = list(code_ids(seats[0].project).values())

    def work(seat: Seat) -> None:
        number, all_pieces = seat.coder(), pieces(seat.project)
        for n in range(60):
            seat.project.step(Message(f"{seat.project.author} {n}"), coding.toggle, number,
                              all_pieces[n % len(all_pieces)], code[n % 5])

    threads = [threading.Thread(target=work, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seat in seats:
        waited_for(lambda seat=seat: len(seat.heard) >= 122)  # type: ignore[misc]
        assert [c.number for c in seat.heard] == [step.id for step in seat.project.log()][-122:]
        fresh = Reading(seat.project)
        for label in list(code_ids(seat.project))[:5]:
            answers = [asking.query(reading, f'"{label}"').narratieven for reading in (seat.reading, fresh)]
            assert answers[0] == answers[1]


def test_a_long_step_that_began_first_is_not_missed(seats: tuple[Seat, Seat]) -> None:
    """Its number is lower than that of a short one which is made meanwhile, so it must be committed first."""
    noor, sem = seats
    inside = threading.Event()

    def slowly(session: Session) -> None:
        session.add(Coder(name="Yara"))
        session.flush()
        inside.set()
        time.sleep(0.5)

    thread = threading.Thread(target=lambda: noor.project.step(message("Long"), slowly))
    thread.start()
    inside.wait(5)
    sem.project.step(message("Short"), coding.coder_id, "Bram")
    thread.join()
    for seat in seats:
        waited_for(lambda seat=seat: len(seat.heard) == 2)  # type: ignore[misc]
        assert seat.labels() == ["Long", "Short"]


def test_the_same_coder_made_at_once_is_one(seats: tuple[Seat, Seat]) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda seat=seat: found.append(seat.project.step(  # type: ignore[misc]
        message("Coder"), coding.coder_id, "Yara"))) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def definition(project: Project, code: int) -> str:
    with project.read() as session:
        return session.get_one(Code, code).definition


def test_the_later_of_two_definitions_is_told_and_loses_nothing(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    code, seen = code_ids(noor.project)["Autonomie"], last_step(noor.project)
    noor.do_after(seen, "Describe", codes.describe, code, definition="Zelf kiezen.")
    with pytest.raises(ConflictError, match="Noor has changed this meanwhile") as told:
        sem.do_after(seen, "Describe", codes.describe, code, definition="Zelf beslissen.")
    assert (told.value.mine, told.value.theirs) == ("Zelf beslissen.", "Zelf kiezen.")
    assert definition(sem.project, code) == "Zelf kiezen."
    sem.do_after(seen, "Describe", codes.describe, code, not_when="Als een ander kiest.")
    with pytest.raises(ConflictError):
        sem.do_after(last_step(sem.project), "Describe", codes.describe, code, definition="Zelf.", typed=seen)
    sem.do_after(last_step(sem.project), "Describe", codes.describe, code, definition="Zelf beslissen.")
    assert definition(noor.project, code) == "Zelf beslissen."
    assert str(sem.project.undo()) == "Describe"
    assert definition(noor.project, code) == "Zelf kiezen."


def test_a_form_that_keeps_all_its_fields_spares_those_that_somebody_else_changed(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    number = noor.project.step(message("Ask"), questions.add_deelvraag, "Deel 1", "Wat?")
    seen = last_step(noor.project)
    noor.do_after(seen, "Rename", questions.change_deelvraag, number, "Deel A", "Wat?")
    sem.do_after(seen, "Reword", questions.change_deelvraag, number, "Deel 1", "Wat is er?")
    with sem.project.read() as session:
        found = session.get_one(Deelvraag, number)
        assert (found.label, found.question) == ("Deel A", "Wat is er?")
    assert problems(sem.project) == []
    assert str(sem.project.undo()) == "Reword"
    assert problems(sem.project) == []


def test_a_coding_on_a_narratief_that_was_cut_anew_is_told(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    seen, all_pieces, codes_now = last_step(noor.project), pieces(noor.project), code_ids(noor.project)
    number = sem.coder()
    noor.do_after(seen, "Split", narratives.split, all_pieces[3], TEXT.index("nummer 3") + 9)
    noor.do_after(seen, "Remove", narratives.remove, all_pieces[7])
    for piece in (all_pieces[3], all_pieces[7]):
        with pytest.raises(ConflictError):
            sem.do_after(seen, "Code", coding.apply, number, [piece], [codes_now["positief"]])
    sem.do_after(seen, "Code", coding.apply, number, [all_pieces[4]], [codes_now["positief"]])
    sem.do_after(last_step(sem.project), "Code", coding.apply, number, [all_pieces[3]], [codes_now["positief"]])


def test_what_was_just_used_is_not_taken_away_unseen(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    seen, code = last_step(noor.project), code_ids(noor.project)["positief"]
    number, piece = sem.coder(), pieces(sem.project)[0]
    sem.do_after(seen, "Code", coding.apply, number, [piece], [code])
    with pytest.raises(ConflictError, match="Sem has just worked on this"):
        noor.do_after(seen, "Remove", codes.remove, code)
    with pytest.raises(ConflictError, match="Sem has just worked on this"):
        noor.do_after(seen, "Remove", narratives.remove, piece)
    with noor.project.read() as session:
        assert session.scalar(select(func.count(Coding.id))) == 1
    noor.do_after(last_step(noor.project), "Remove", codes.remove, code)


def test_two_boundaries_and_two_corrections_at_once(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    seen, all_pieces = last_step(noor.project), pieces(noor.project)
    at = TEXT.index("nummer 2")
    noor.do_after(seen, "Shift", narratives.shift, all_pieces[1], all_pieces[2], at)
    with pytest.raises(ConflictError):
        sem.do_after(seen, "Shift", narratives.shift, all_pieces[1], all_pieces[2], at + 9)
    seen = last_step(noor.project)
    with noor.project.read() as session:
        document = session.scalars(select(Document.id)).one()
    start = TEXT.index("buurt")
    noor.do_after(seen, "Correct", corrections.correct, document, start, start + 5, "wijk en de straat")
    later = TEXT.index("nummer 9")
    with pytest.raises(ConflictError):
        sem.do_after(seen, "Correct", corrections.correct, document, later, later + 6, "getal")
    with pytest.raises(ConflictError, match="other words"):
        sem.do_after(last_step(sem.project), "Correct", corrections.correct, document, later, later + 6, "getal",
                     "nummer")
    assert problems(sem.project) == []


def test_deletion_of_what_somebody_else_deleted_is_told(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    code = code_ids(noor.project)["positief"]
    noor.project.step(message("Remove"), codes.remove, code)
    with pytest.raises(ConflictError, match="taken away"):
        sem.project.step(message("Describe"), codes.describe, code, definition="x")
    with pytest.raises(ConflictError, match="taken away"):
        sem.project.step(message("Code"), coding.apply, sem.coder(), pieces(sem.project)[:1], [code])
    assert dump(noor.project) == dump(sem.project)


def test_undo_stays_with_own_work_and_spares_that_of_others(seats: tuple[Seat, Seat]) -> None:
    noor, sem = seats
    code = code_ids(noor.project)["Autonomie"]
    noor.project.step(message("Before"), coding.apply, noor.coder(), pieces(noor.project)[:1], [code])
    noor.project.step(message("Mine"), codes.describe, code, definition="Van Noor.")
    sem.project.step(message("Theirs"), codes.describe, code, definition="Van Sem.")
    assert str(noor.project.undo_label()) == "Mine"
    with pytest.raises(ConflictError, match="changed since"):
        noor.project.undo()
    assert definition(noor.project, code) == "Van Sem."
    # Told once; then undo reaches past it, and comes back to it when nobody builds on it any more.
    assert str(noor.project.undo_label()) == str(noor.project.undo()) == "Before"
    assert definition(noor.project, code) == "Van Sem."
    assert str(noor.project.redo()) == "Before"
    assert str(sem.project.undo()) == "Theirs"
    assert str(noor.project.undo()) == "Mine"
    assert str(noor.project.undo()) == "Before"
