"""The chapter on method: what was read, how it was coded, how well the coders agree; every number from the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from codebook import agreeing
from codebook.agreeing import Agreement
from codebook.models import Coding, Decision, NotMentioned
from codebook.query.index import ANY
from corpora import overview
from corpora.errors import NarratiefError
from corpora.models import KINDS, Narratief, Respondent, RespondentGroup, Speaker
from exports.paper import Heading, Part, Table, plain
from exports.report_grounds import Grounds, Say, count, listed, share
from exports.sheets_codes import codings_named


def method(ground: Grounds) -> Iterator[Part]:
    """The paragraphs and tables between the heading and the researcher's own words."""
    _ = ground.translate
    yield Heading(_("Material"), 2, "materiaal")
    yield from _material(ground)
    yield Heading(_("Coding"), 2, "codering")
    yield plain(_coding(ground), key="codering")
    yield Heading(_("Agreement between coders"), 2, "overeenstemming")
    yield from _agreement(ground)


def _material(ground: Grounds) -> Iterator[Part]:
    _, rows = ground.translate, overview.document_rows(ground.session)
    kinds = Counter(row.kind for row in rows)
    excluded = ground.session.scalar(select(func.count(Narratief.id)).where(Narratief.counts.is_(False))) or 0
    people = respondents(ground)
    yield plain(_(
        "The material consists of {documents} ({kinds}), together {words} words. {respondents} are heard in it. The "
        "texts were divided into {narratieven}, the unit of analysis.", documents=count(_, len(rows), "document"),
        kinds=listed(_, [kind_counted(_, kind, kinds[kind]) for kind in KINDS if kinds[kind]]) or "–",
        words=_thousands(sum(row.words for row in rows)), respondents=count(_, sum(people.values()), "respondent"),
        narratieven=count(_, ground.reading.index.n, "narratief"))
        + (" " + _("Stretches that are no narratief were set aside ({n}).", n=excluded) if excluded else ""),
        key="materiaal")
    if not rows:
        return
    yield Table(_("The material by kind"), (_("Kind"), _("Documents"), _("Words"), _("Narratieven")), tuple(
        (kind_named(_, kind), str(kinds[kind]), _thousands(sum(r.words for r in rows if r.kind == kind)),
         str(sum(r.narratieven for r in rows if r.kind == kind))) for kind in KINDS if kinds[kind]),
        (5, 2, 2, 2), frozenset({1, 2, 3}), key="materiaal")
    if people:
        yield Table(_("Respondents by group"), (_("Respondent group"), _("Respondents"), _("Documents"),
                                                  _("Narratieven")), tuple(
            (group or _("without a group"), str(people.get(group, 0)), str(sum(r.group == group for r in rows)),
             str(sum(r.narratieven for r in rows if r.group == group)))
            for group in _groups(ground, {r.group for r in rows} | people.keys())),
            (5, 2, 2, 2), frozenset({1, 2, 3}), key="materiaal")


def _groups(ground: Grounds, found: set[str]) -> list[str]:
    return [*sorted(found - {""}, key=str.casefold), *([""] if "" in found else [])]


def respondents(ground: Grounds) -> dict[str, int]:
    """Respondent group → how many respondents speak or write in the material ("" for those in none)."""
    labels = {n: label for n, label in ground.session.execute(select(RespondentGroup.id, RespondentGroup.label))}
    speaking = select(Speaker.respondent_id).where(Speaker.respondent_id.is_not(None))
    found: Counter[str] = Counter(labels.get(group or 0, "") for group in ground.session.scalars(
        select(Respondent.group_id).where(Respondent.id.in_(speaking))))
    return dict(found)


def _coding(ground: Grounds) -> str:
    _, catalogue = ground.translate, ground.reading.catalogue
    given, deciders = _codings(ground)
    facets = [_("{n} {facet}", n=sum(code.facet_id == facet.id for code in catalogue.codes), facet=facet.label)
              for facet in catalogue.facets]
    text = _("The narratieven were coded with a codebook of {codes} codes ({facets}).", codes=len(catalogue.codes),
               facets=listed(_, facets) or "–")
    if not given:
        return text + " " + _("No codes have been given yet.")
    text += " " + _("{coders} gave {codings} codes in all.", coders=count(_, len(given), "coder"),
                      codings=_thousands(sum(given.values())))
    absent = ground.session.scalar(select(func.count(NotMentioned.id))) or 0
    if absent:
        text += " " + _("It was noted {n} × that a facet is not mentioned in a narratief.", n=_thousands(absent))
    if ground.codings != ANY:
        text += " " + _("The numbers in this report count {codings}.", codings=codings_named(_, ground.codings))
    if deciders:
        text += " " + _("After comparing coders, {n} codings were decided on.", n=_thousands(deciders))
    return text


def _codings(ground: Grounds) -> tuple[dict[int, int], int]:
    """Codings per coder on narratieven that count, and the number of decisions."""
    session = ground.session
    query = (select(Coding.coder_id, func.count()).join(Narratief, Narratief.id == Coding.narratief_id)
             .where(Narratief.counts).group_by(Coding.coder_id))
    given = {coder: int(n) for coder, n in session.execute(query)}
    return given, session.scalar(select(func.count(Decision.id))) or 0


def measured(ground: Grounds) -> Agreement | NarratiefError:
    """The agreement of the coders, or why there is none."""
    try:
        return agreeing.agreement(ground.reading)
    except NarratiefError as error:
        return error


def _agreement(ground: Grounds) -> Iterator[Part]:
    _, found = ground.translate, measured(ground)
    if isinstance(found, NarratiefError):
        yield plain(_("Agreement between coders cannot be given: fewer than two coders have coded."),
                    key="overeenstemming")
        return
    yield plain(_(
        "{n} of the {total} narratieven were looked at by two or more of the {coders}. Agreement is given per facet as "
        "Krippendorff's alpha for several codes per narratief, with a 95% interval from {rounds} draws of whole "
        "{drawn}. Taken over all facets alpha is {alpha} ({interval}).", n=found.n, total=found.total,
        coders=count(_, len(found.coders), "coder"), rounds=_thousands(found.rounds),
        drawn=_("documents") if found.drawn == "document" else _("narratieven"),
        alpha=share(found.overall.alpha_mv), interval=_interval(found.overall.ci)), key="overeenstemming")
    yield Table(_("Agreement between coders per facet"), (_("Facet"), "Alpha", _("95% interval"),
                                                            _("Narratieven (n)")), tuple(
        (one.facet, share(one.found.alpha_mv), _interval(one.found.ci), str(found.n)) for one in found.facets),
        (4, 2, 3, 2), frozenset({1, 2, 3}), key="overeenstemming")
    yield plain(_(found.meaning), style="small", key="overeenstemming")


def _interval(ci: tuple[float, float] | None) -> str:
    return "–" if ci is None else f"{share(ci[0])} – {share(ci[1])}"


def _thousands(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def kind_named(_: Say, kind: str) -> str:
    """A kind of material as a head."""
    return {"interview": "Interviews", "logboek": "Logboeken", "kantelbox": "Kantelboxen",
            "focusgroep": "Focusgroepen"}.get(kind) or _("Other")


def kind_counted(_: Say, kind: str, n: int) -> str:
    """A number of documents of a kind."""
    one, many = {"interview": ("interview", "interviews"), "logboek": ("logboek", "logboeken"),
                 "kantelbox": ("kantelbox", "kantelboxen"), "focusgroep": ("focusgroep", "focusgroepen")}.get(
        kind, ("", ""))
    return f"{n} {one if n == 1 else many}" if one else _("{n} other", n=n)
