"""Integrity of a whole project: its material (`corpora.checks`) and what was coded."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from codebook.cmo_checks import cmo_problems
from codebook.models import Code, Coding, Memo, NotMentioned, Quote
from codebook.pattern_checks import pattern_problems
from corpora.checks import file_problems, log_problems, material_problems, shortened
from corpora.messages import Message, message
from corpora.models import Narratief
from corpora.store.base import Base
from corpora.store.project import Project


def problems(project: Project) -> list[Message]:
    """Everything that is wrong with a project, in words; empty when it is sound. Changes nothing. When the file
    itself is damaged, the contents are not looked at any further."""
    with project.read() as session:
        found = file_problems(session)
        if found:
            return shortened(found)
        return [*material_problems(session), *coding_problems(session), *log_problems(session)]


def coding_problems(session: Session) -> list[Message]:
    """What is wrong with codes, codings, quotes and memos."""
    checks = (_lost, _double, _contradicted, _tree, _quotes, _memos, pattern_problems, cmo_problems)
    return [line for check in checks for line in shortened(list(check(session)))]


def _lost(session: Session) -> Iterator[Message]:
    """Codings on narratieven or codes that are gone."""
    query = (select(Coding.id).outerjoin(Narratief, Narratief.id == Coding.narratief_id)
             .outerjoin(Code, Code.id == Coding.code_id)
             .where(Narratief.id.is_(None) | Code.id.is_(None)).order_by(Coding.id))
    for number in session.scalars(query):
        yield message("Coding {id} hangs on a narratief or code that is gone.", id=number)


def _double(session: Session) -> Iterator[Message]:
    same = (Coding.narratief_id, Coding.code_id, Coding.coder_id)
    for row in session.execute(select(*same).group_by(*same).having(func.count() > 1).order_by(*same)):
        yield message("Narratief {narratief} has code {code} of one coder twice.", narratief=row.narratief_id,
                      code=row.code_id)


def _contradicted(session: Session) -> Iterator[Message]:
    """Codes of a facet beside *niet genoemd* of that facet, by one coder."""
    query = (select(NotMentioned.id).join(Coding, (Coding.narratief_id == NotMentioned.narratief_id)
                                          & (Coding.coder_id == NotMentioned.coder_id))
             .join(Code, (Code.id == Coding.code_id) & (Code.facet_id == NotMentioned.facet_id))
             .distinct().order_by(NotMentioned.id))
    for number in session.scalars(query):
        yield message("«Niet genoemd» {id} stands beside codes of its facet by the same coder.", id=number)


def _tree(session: Session) -> Iterator[Message]:
    parent = aliased(Code)
    strays = select(Code.label).join(parent, parent.id == Code.parent_id).where(parent.facet_id != Code.facet_id)
    for label in session.scalars(strays.order_by(Code.id)):
        yield message("Code «{label}» stands below a code of another facet.", label=label)
    above = {n: parent for n, parent in session.execute(select(Code.id, Code.parent_id))}
    labels = {n: label for n, label in session.execute(select(Code.id, Code.label))}
    for number in above:
        at, seen = above[number], 0
        while at is not None and at != number and seen <= len(above):
            at, seen = above.get(at), seen + 1
        if at == number:
            yield message("Code «{label}» stands below itself.", label=labels[number])


def _quotes(session: Session) -> Iterator[Message]:
    # A quote belongs to the narratief in which it begins; a later cut through its words leaves it whole.
    query = (select(Quote.id).join(Narratief, Narratief.id == Quote.narratief_id)
             .where((Quote.document_id != Narratief.document_id) | (Quote.start < Narratief.start)
                    | (Quote.start >= Narratief.end)).order_by(Quote.id))
    for number in session.scalars(query):
        yield message("Quote {id} lies outside its narratief.", id=number)


def _memos(session: Session) -> Iterator[Message]:
    tables = Base.metadata.tables
    for about in session.scalars(select(Memo.about).distinct().order_by(Memo.about)).all():
        if about not in tables:
            yield message("A memo hangs on «{about}», which is no table of the project.", about=about)
            continue
        target = tables[about]
        for number in session.scalars(select(Memo.id).where(Memo.about == about, Memo.about_id.not_in(
                select(target.c.id))).order_by(Memo.id)):
            yield message("Memo {id} hangs on something that is gone.", id=number)
