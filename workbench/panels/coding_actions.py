"""What one can do with the narratief in hand. Every deed is one named step of the project; nothing is shown here."""

from __future__ import annotations

from codebook import codes, coding, memos
from codebook.coded import CodedNarratief
from codebook.coding import Open
from corpora.messages import message
from corpora.narratives import whole_words
from workbench.panels.coding_document import DocumentInHand, QuoteSpan
from workbench.panels.coding_strips import NewCode
from workbench.panels.coding_values import CodebookValues, words_around
from workbench.project import OpenProject


class CodingActions:
    """The deeds of the coder at work on one document."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened = opened
        self.book = CodebookValues()

    def toggle(self, document: DocumentInHand, piece: CodedNarratief, code: int) -> None:
        """Give a code, or take it off when the coder gave it before."""
        me, name = self._opened.coder_id, self._name(code)
        if code in piece.codes_of(me):
            label = message("Take {code} off narratief {nr} of {title}", code=name, nr=piece.nr, title=document.title)
        else:
            label = message("Narratief {nr} of {title}: {code}", code=name, nr=piece.nr, title=document.title)
        self._opened.do(label, coding.toggle, me, piece.id, code)

    def replace(self, document: DocumentInHand, piece: CodedNarratief, old: int, new: int) -> None:
        """Put another code in the place of one."""
        label = message("Narratief {nr} of {title}: {new} instead of {old}", nr=piece.nr, title=document.title,
                        new=self._name(new), old=self._name(old))
        self._opened.do(label, coding.replace, self._opened.coder_id, [piece.id], old, new)

    def not_mentioned(self, document: DocumentInHand, piece: CodedNarratief, facet: int) -> bool:
        """Mark a facet *niet genoemd*, or take that off again; returns whether it is marked now."""
        me, name = self._opened.coder_id, self.book.names[facet]
        if facet in piece.absent_of(me):
            label = message("Narratief {nr} of {title}: {facet} open again", nr=piece.nr, title=document.title,
                            facet=name)
            self._opened.do(label, coding.clear_not_mentioned, me, piece.id, facet)
            return False
        label = message("Narratief {nr} of {title}: {facet} not mentioned", nr=piece.nr, title=document.title,
                        facet=name)
        self._opened.do(label, coding.set_not_mentioned, me, piece.id, facet)
        return True

    def explain_absent(self, piece: CodedNarratief, facet: int, reason: str) -> None:
        """Say why a facet is not mentioned."""
        label = message("Why {facet} is not mentioned in narratief {nr}", facet=self.book.names[facet], nr=piece.nr)
        self._opened.do(label, coding.set_not_mentioned, self._opened.coder_id, piece.id, facet, reason)

    def repeat(self, document: DocumentInHand, piece: CodedNarratief, source: CodedNarratief) -> None:
        """Give the codes of an earlier narratief."""
        label = message("Narratief {nr} of {title}: the codes of {source}", nr=piece.nr, title=document.title,
                        source=source.nr)
        self._opened.do(label, coding.repeat, self._opened.coder_id, source.id, piece.id)

    def flag(self, piece: CodedNarratief, on: bool, reason: str = "") -> None:
        """Flag a narratief to discuss it, or take the flag off."""
        label = (message("Discuss narratief {nr}", nr=piece.nr) if on
                 else message("Narratief {nr} needs no discussing any more", nr=piece.nr))
        self._opened.do(label, coding.set_flag, self._opened.coder_id, piece.id, on, reason)

    def memo(self, about: str, number: int, text: str) -> None:
        """Write a memo."""
        self._opened.do(message("Memo"), memos.write, self._opened.coder_id, about, number, text)

    def quote(self, document: DocumentInHand, start: int, end: int, code: int | None) -> int | None:
        """Keep whole words as quote, or let go of the quote that stands on these words; returns its number."""
        me, standing = self._opened.coder_id, self._standing(document, start, end)
        start, end = _within(document, start, end)
        words = words_around(document.text, start, end)
        if standing is not None:
            self._opened.do(message("Let go of the quote “{words}”", words=words), memos.unquote, standing.id)
            return None
        return self._opened.do(message("Quote “{words}”", words=words), memos.quote, me, document.id, start, end, code)

    def quoted(self, document: DocumentInHand, start: int, end: int) -> int | None:
        """The quote on these words, made when new."""
        standing = self._standing(document, start, end)
        return standing.id if standing is not None else self.quote(document, start, end, None)

    def _standing(self, document: DocumentInHand, start: int, end: int) -> QuoteSpan | None:
        """The coder's quote on exactly these words, or on these as whole words."""
        wanted = ((start, end), _within(document, start, end))
        mine = [q for q in document.quotes if q.coder == self._opened.coder_id]
        return next((q for bounds in wanted for q in mine if (q.start, q.end) == bounds), None)

    def make(self, piece: CodedNarratief, new: NewCode) -> int | None:
        """Make a code and give it."""
        label = message("New code {code}, given to narratief {nr}", code=new.label, nr=piece.nr)
        return self._opened.do(label, coding.apply_new, self._opened.coder_id, piece.id, new.facet_id, new.label,
                               new.words)

    def ready(self, document: DocumentInHand, done: bool, overrule: bool = False) -> list[Open]:
        """Mark a document as ready, or open again; returns what is missing, then it is not marked."""
        label = (message("{title} is ready", title=document.title) if done
                 else message("{title} is open again", title=document.title))
        found = self._opened.do(label, coding.set_done, self._opened.coder_id, document.id, done, overrule=overrule)
        return found or []

    def near(self, label: str) -> list[str]:
        """Codes with nearly this name, for a warning."""
        with self._opened.project.read() as session:
            return [e.qualified for e in codes.near(session, label)] if len(label.strip()) > 2 else []

    def _name(self, code: int) -> str:
        return self.book.codes[code].label if code in self.book.codes else str(code)


def _within(document: DocumentInHand, start: int, end: int) -> tuple[int, int]:
    """The whole words of a stretch, as far as they lie in its narratief."""
    piece = document.at(start)
    begin, stop = whole_words(document.text, start, end)
    return (max(begin, piece.start), min(stop, max(piece.end, end))) if piece is not None else (begin, stop)
