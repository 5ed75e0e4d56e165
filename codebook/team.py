"""The coders of a project: made, renamed, joined. Who codes what stands in `assigning`, how far they are in
`team_progress`."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from codebook.blind import ROLES, STUDENT
from codebook.models import Code, Coder, Coding, Memo, NotMentioned
from corpora.errors import UsageError
from corpora.models import OwnBoundary
from corpora.store.dependants import delete_with_dependants, move_dependants
from corpora.store.project import Project
from corpora.store.writing import delete_rows


def add(session: Session, name: str, role: str = STUDENT) -> int:
    """A new coder; UsageError when there is one of this name."""
    wanted = _name(session, name)
    _check_role(role)
    made = Coder(name=wanted, role=role)
    session.add(made)
    session.flush()
    return made.id


def be(session: Session, name: str, role: str = STUDENT) -> int:
    """The coder of this name, made with this role when new; never two coders for one name, whatever its capitals."""
    wanted = " ".join(name.split()).casefold()
    found = next((c.id for c in session.scalars(select(Coder)) if c.name.casefold() == wanted), None)
    return found if found is not None else add(session, name, role)


def names(session: Session) -> dict[int, str]:
    """Number → name of every coder."""
    return {number: name for number, name in session.execute(select(Coder.id, Coder.name).order_by(Coder.name))}


def roles(project: Project) -> dict[str, str]:
    """Name → role of every coder, in order of name."""
    with project.read() as session:
        return {name: role for name, role in session.execute(select(Coder.name, Coder.role).order_by(Coder.name))}


def rename(session: Session, coder: int, name: str) -> None:
    """Give a coder another name; UsageError when somebody else has it."""
    session.get_one(Coder, coder).name = _name(session, name, but=coder)


def set_role(session: Session, coder: int, role: str) -> None:
    """Make a coder student or onderzoeker."""
    _check_role(role)
    session.get_one(Coder, coder).role = role


def _name(session: Session, name: str, but: int | None = None) -> str:
    wanted = " ".join(name.split())[:200]
    if not wanted:
        raise UsageError("A coder needs a name.")
    for other in session.scalars(select(Coder)):
        if other.id != but and other.name.casefold() == wanted.casefold():
            raise UsageError("There is a coder «{name}» already. Two coders of one person can be made one.",
                             name=other.name)
    return wanted


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError("A coder is {roles}, not «{role}».", roles=" / ".join(ROLES), role=role)


def join(session: Session, kept: int, gone: int) -> None:
    """Make two coders of one person one: `kept` gets all that `gone` gave, and what both gave stands once. A code of
    either outweighs *niet genoemd* of the other, two memos on one thing become one, and of two own segmentations of a
    document that of `kept` stays."""
    if kept == gone:
        raise UsageError("Choose two different coders.")
    one, other = session.get_one(Coder, kept), session.get_one(Coder, gone)
    _join_boundaries(session, one, other)
    _join_memos(session, kept, gone)
    session.flush()
    move_dependants(session, Coder, gone, kept)
    _drop_contradictions(session, kept)
    delete_with_dependants(session, Coder, [gone])


def _join_boundaries(session: Session, kept: Coder, gone: Coder) -> None:
    has = set(session.scalars(select(OwnBoundary.document_id).where(OwnBoundary.coder_uuid == kept.uuid)))
    double = []
    for cut in session.scalars(select(OwnBoundary).where(OwnBoundary.coder_uuid == gone.uuid)).all():
        if cut.document_id in has:
            double.append(cut.id)
        else:
            cut.coder_uuid = kept.uuid
    delete_rows(session, OwnBoundary, double)


def _join_memos(session: Session, kept: int, gone: int) -> None:
    own = {(m.about, m.about_id): m for m in session.scalars(select(Memo).where(Memo.coder_id == kept))}
    double = []
    for memo in session.scalars(select(Memo).where(Memo.coder_id == gone)).all():
        standing = own.get((memo.about, memo.about_id))
        if standing is not None:
            if memo.body.strip() not in standing.body:
                standing.body = f"{standing.body}\n\n{memo.body}"
            double.append(memo.id)
    delete_with_dependants(session, Memo, double)


def _drop_contradictions(session: Session, coder: int) -> None:
    query = (select(NotMentioned.id).join(Coding, (Coding.narratief_id == NotMentioned.narratief_id)
                                          & (Coding.coder_id == NotMentioned.coder_id))
             .join(Code, (Code.id == Coding.code_id) & (Code.facet_id == NotMentioned.facet_id))
             .where(NotMentioned.coder_id == coder).distinct())
    delete_rows(session, NotMentioned, session.scalars(query).all())


def remove(session: Session, coder: int) -> None:
    """Take a coder out who has given nothing; UsageError when there is work of theirs."""
    if session.scalar(select(func.count(Coding.id)).where(Coding.coder_id == coder)) or session.scalar(
            select(func.count(NotMentioned.id)).where(NotMentioned.coder_id == coder)) or session.scalar(
            select(func.count(Memo.id)).where(Memo.coder_id == coder)):
        raise UsageError("«{name}» has codings or memos, so they stay. Two coders of one person can be made one.",
                         name=session.get_one(Coder, coder).name)
    delete_with_dependants(session, Coder, [coder])
