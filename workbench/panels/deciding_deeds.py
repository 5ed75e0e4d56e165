"""What one can decide about the difference in hand; every deed is one named step of the project."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from codebook import adjudicating, codes, deciding
from codebook.adjudicating import Difference, Key
from corpora.messages import Message, message
from workbench.i18n import _
from workbench.itemmodels.deciding_walk import answer_of, as_decided, majority, verdicts
from workbench.panels.deciding_strips import facet_of

if TYPE_CHECKING:
    from workbench.panels.deciding_differences import DifferencesPage


class Deeds:
    """The deeds of the one at work; `reasons` wait for the next decision on a difference."""

    def __init__(self, page: DifferencesPage) -> None:
        self._page, self._opened, self._walk = page, page.opened, page.walk
        self.reasons: dict[Key, str] = {}

    def take_coder(self, who: int) -> None:
        """The answer of one coder is right."""
        one = self._page.one()
        if one is not None:
            self.decide(answer_of(one, who))

    def take_all(self) -> None:
        """All that anybody gave is right."""
        one = self._page.one()
        if one is not None:
            self.decide(list(one.disputed))

    def take_majority(self) -> None:
        """What more than half of the coders gave is right."""
        one = self._page.one()
        right = majority(one) if one is not None else None
        if right is not None:
            self.decide(right)
        elif one is not None:
            self._opened.message.emit(message("There is no majority here: the votes are equal."), False)

    def decide(self, right: list[int]) -> None:
        """Just these codes are right, beside those that all agree on; then on to the next that is open."""
        one = self._page.one()
        if one is not None:
            shown = ", ".join(self._page.book.label(code) for code in (*one.agreed, *right)) or "–"
            self._settle(one, verdicts(one, right), message(
                "Decide {facet} of narratief {nr} of {title}: {codes}", facet=one.facet, nr=one.place.nr,
                title=one.place.document, codes=shown))

    def keep(self) -> None:
        """The decision stays, whatever coders changed."""
        one = self._page.one()
        if one is not None and one.state == "changed":
            self._settle(one, as_decided(one), message("Keep the decision on {facet} of narratief {nr} of {title}",
                                                       facet=one.facet, nr=one.place.nr, title=one.place.document))

    def decide_code(self, yes: bool) -> None:
        """Yes or no to the code in hand alone."""
        one = self._page.one()
        if one is not None and self._page.code:
            label = message("Narratief {nr} of {title}: {code} yes" if yes else "Narratief {nr} of {title}: {code} no",
                            nr=one.place.nr, title=one.place.document, code=self._page.book.label(self._page.code))
            self._settle(one, {self._page.code: yes}, label)
            self._to_undecided_code()

    def _to_undecided_code(self) -> None:
        one = self._page.one()
        left = [code for code in one.disputed if code not in one.decided] if one is not None else []
        if left and one is not None and self._page.code in one.decided:
            self._page.hold(left[0])

    def _settle(self, one: Difference, wanted: dict[int, bool], label: Message) -> None:
        self._walk.kept.add(one.key)
        reason = self.reasons.get(one.key, "")
        done = self._opened.do(label, deciding.settle, self._opened.coder_id, one.place.narratief_id, wanted, reason)
        if done is None:
            return
        self.reasons.pop(one.key, None)
        now = self._walk.all.get(one.key)
        if now is None or now.state == "decided":
            self.skip()

    def skip(self) -> None:
        """To the next difference that is not decided."""
        following = self._walk.next_open(self._page.here)
        if following is not None:
            self._page.go_to(following)
            return
        one = self._page.one()
        if one is None or one.state == "decided":
            self._opened.message.emit(message("Every difference here is decided."), False)
            self._page.show_here()

    def take_back(self) -> None:
        """What was decided here counts no more; the coders' codes do."""
        one = self._page.one()
        if one is not None and one.decided:
            self._walk.kept.add(one.key)
            self._opened.do(message("Take back the decision on {facet} of narratief {nr} of {title}", facet=one.facet,
                                   nr=one.place.nr, title=one.place.document), deciding.undecide,
                           [one.place.narratief_id], list(one.decided))

    def accept_agreed(self) -> None:
        """Decide yes on all that coders agree on, in one step."""
        pairs = adjudicating.agreed(self._opened.reading, self._walk.filters.coders)
        if pairs:
            self._opened.do(message("Accept {n} codes that all agree on", n=len(pairs)), deciding.accept,
                           self._opened.coder_id, pairs)

    # questions in place

    def ask_reason(self) -> None:
        """Why; kept with the next decision here, or put to the one that stands."""
        one = self._page.one()
        if one is not None:
            standing = next((v.reason for v in one.decided.values() if v.reason), "")
            self._page.frame.close_strips()
            self._page.reason.ask(_("Why?"), self.reasons.get(one.key, standing), partial(self._give_reason, one))

    def _give_reason(self, one: Difference, text: str) -> None:
        self.reasons[one.key] = text
        if one.state == "decided" and text:
            self._settle(one, {c: v.yes for c, v in one.decided.items() if c not in one.agreed}, message(
                "Reason for the decision on narratief {nr} of {title}", nr=one.place.nr, title=one.place.document))
        else:
            self._page.show_here()

    def ask_other(self) -> None:
        """Another code of the facet is right."""
        one = self._page.one()
        if one is not None:
            self._page.frame.close_strips()
            self._page.other.ask(_("Which code of {facet}? Enter takes it", facet=one.facet),
                           facet_of(self._page.book.facets, one.facet_id), lambda code: self.decide([code]))

    def sharpen(self) -> None:
        """Change the words of the code in hand."""
        if self._page.code not in self._page.book.codes:
            return
        _facet, code = self._page.book.codes[self._page.code]
        number = self._page.code
        self._page.frame.close_strips()
        self._page.sharpening.ask(_("How should «{code}» read?", code=code.label), {
            "definition": code.definition, "use_when": code.use_when, "not_when": code.use_not,
            "example": code.example}, lambda values: self._opened.do(
                message("Sharpen {code}", code=code.label), codes.describe, number, **values))

    def add_example(self) -> None:
        """The words selected, or the whole narratief, as anchor example of the code in hand."""
        words = self._page.frame.text.words()
        if self._page.code not in self._page.book.codes or not words:
            return
        _facet, code = self._page.book.codes[self._page.code]
        example = "\n".join(part for part in (code.example.strip(), words) if part)
        self._opened.do(message("Anchor example for {code}", code=code.label), codes.describe, self._page.code,
                       example=example)
