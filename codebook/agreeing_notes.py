"""What has to be said beside figures of agreement: what they mean, what they do not, what is undefined and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from codebook.analysis.agreement import Marks, SetAgreement
from codebook.analysis.agreement_intervals import ROUNDS
from codebook.analysis.segment_agreement import Compared
from corpora.messages import Message, message

if TYPE_CHECKING:
    from codebook.agreeing import NamedCode

RELIABLE, TENTATIVE = 0.8, 2 / 3
"""Krippendorff's limits: from .800 reliable, from .667 on for tentative conclusions."""
FEW = 10
"""With fewer narratieven that carry a code no interval is honest."""


def facet_meaning(found: SetAgreement, n: int) -> Message:
    """In plain words what an alpha over `n` narratieven means, and what it does not."""
    if found.alpha_mv is None:
        return message("On {n} narratieven nothing can be said about agreement here: there is nothing that coders "
                       "could differ on, or nobody to compare.", n=n)
    low = found.alpha_mv if found.ci is None else found.ci[0]
    if found.alpha_mv >= RELIABLE:
        return _with_doubt(message(
            "On {n} narratieven the coders agree well enough to build on (alpha is .800 or more). That does not say "
            "that the codes are right, only that another coder would probably choose the same.", n=n),
            low < RELIABLE)
    if found.alpha_mv >= TENTATIVE:
        return _with_doubt(message(
            "On {n} narratieven the coders agree enough for cautious conclusions (alpha is between .667 and .800). "
            "That does not say who is right where they differ.", n=n), low < TENTATIVE)
    return message(
        "On {n} narratieven the coders do not agree enough to draw conclusions from (alpha is below .667). Talk the "
        "differences over first. That does not say that somebody codes badly: a definition may be unclear.", n=n)


def _with_doubt(sentence: Message, doubtful: bool) -> Message:
    if not doubtful:
        return sentence
    return message("{sentence} {doubt}", sentence=sentence, doubt=message(
        "The interval reaches below that limit: other narratieven might give less."))


def notes_on_coding(marks: Marks, codes: Sequence[NamedCode], facets: Mapping[str, SetAgreement],
                    overall: SetAgreement) -> Iterator[Message]:
    """What to know about the figures per code, per facet and over all."""
    if not marks.n:
        yield message("No narratief was looked at by two coders, so nothing can be compared.")
        return
    if len(marks.looked) > 2:
        yield message("More than two coders: the counts, percentage and kappa stand per pair.")
    partly = int((~marks.looked[:, marks.pairable]).any(axis=0).sum())
    if partly:
        yield message("In {k} of {n} narratieven a coder was not finished; that coder is missing there.", k=partly,
                      n=marks.n)
    alone = marks.looked.shape[1] - marks.n
    if alone:
        yield message("{k} narratieven were looked at by fewer than two coders and are left out, except that one "
                      "coder's values count for how common a code is in AC1.", k=alone)
    yield _on_intervals(marks)
    yield message("Alpha per facet: Krippendorff & Craggs' alpha for sets of codes (Dice distance); with Jaccard and "
                  "MASI distance beside it. AC1 has two categories, given and not given.")
    yield from _on_codes(codes)
    yield from _on_facets({**facets, "": overall})


def _on_intervals(marks: Marks) -> Message:
    documents = int(np.unique(marks.documents[marks.pairable]).size)
    if marks.by_document:
        return message("Intervals: 95 %, from drawing {k} documents {rounds} times.", k=documents, rounds=ROUNDS)
    return message("Intervals: 95 %, from drawing {k} narratieven {rounds} times; with ten or more documents, "
                   "documents are drawn.", k=marks.n, rounds=ROUNDS)


def _on_codes(codes: Sequence[NamedCode]) -> Iterator[Message]:
    unused = [one for one in codes if one.found.alpha is None and not one.found.units]
    always = [one for one in codes if one.found.alpha is None and one.found.units]
    rare = [one for one in codes if one.found.alpha is not None and one.found.units < FEW]
    if unused:
        yield message("Alpha and kappa are not defined for codes that nobody gave here: {codes}.", codes=_names(unused))
    if always:
        yield message("Alpha and kappa are not defined for codes that everybody always gave: {codes}.",
                      codes=_names(always))
    if rare:
        yield message("In fewer than {few} narratieven, so that the interval is unreliable: {codes}.", few=FEW,
                      codes=_names(rare))


def _on_facets(facets: Mapping[str, SetAgreement]) -> Iterator[Message]:
    for label, found in facets.items():
        name = label or message("all codes together")
        if found.alpha_mv is None:
            yield message("Alpha is not defined for {facet}: only one value was used.", facet=name)
        elif found.undefined:
            yield message("{facet}: alpha was undefined in {k} of {rounds} rounds, which are left out.", facet=name,
                          k=found.undefined, rounds=ROUNDS)


def _names(codes: Sequence[NamedCode]) -> str:
    return ", ".join(f"{one.facet}:{one.code}" for one in codes)


def notes_on_segmentation(found: Compared | None, where: str | None) -> Iterator[Message]:
    """What to know about the figures of segmentation."""
    if found is None:
        yield message("Segmentation is not compared: no document was cut by two coders themselves.")
        return
    yield message("Segmentation: {k} documents cut by two or more coders themselves, compared at the places between "
                  "sentences; boundary similarity is best at 1, WindowDiff at 0.", k=found.texts)
    if where:
        yield message("Segmentation is compared in whole documents, whatever the condition.")
    if found.window_diff is None:
        yield message("WindowDiff is not defined: the documents are shorter than a window.")
    if found.alpha is None:
        yield message("The alpha of segmentation is not defined: nobody cut anywhere, or everybody everywhere.")
