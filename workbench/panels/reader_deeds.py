"""What one can do with the narratief that one reads; every deed is one named step of the project."""

from __future__ import annotations

from codebook import asking, coded, coding, memos
from codebook.coded import CodedNarratief
from corpora.messages import Message, message
from corpora.narratives import whole_words
from workbench.i18n import _
from workbench.itemmodels.question_names import QuestionNames
from workbench.project import OpenProject


class InHand:
    """The narratief that one reads: `piece` with what coders said of it, the words and where they stand."""

    def __init__(self, opened: OpenProject, narratief_id: int) -> None:
        shown = asking.shown(opened.reading, [narratief_id])[0]
        self.title, self.text, self.start = shown.document, shown.text, shown.start
        self.document_id = opened.reading.places([narratief_id])[0].document_id
        bare = CodedNarratief(shown.id, shown.nr, shown.start, shown.start + len(shown.text))
        with opened.project.read() as session:
            self.piece = coded.again(session, [bare], opened.reading.veil)[0]


class ReaderDeeds:
    """The deeds of the coder at work."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened = opened
        self.names = QuestionNames()

    def toggle(self, here: InHand, code: int) -> None:
        """Give a code, or take it off when the coder gave it before."""
        me, name = self._opened.coder_id, self.code_label(code)
        if code in here.piece.codes_of(me):
            label = message("Take {code} off narratief {nr} of {title}", code=name, nr=here.piece.nr, title=here.title)
        else:
            label = message("Narratief {nr} of {title}: {code}", code=name, nr=here.piece.nr, title=here.title)
        self._opened.do(label, coding.toggle, me, here.piece.id, code)

    def replace(self, here: InHand, old: int, new: int) -> None:
        """Put another code in the place of one; its memo stays."""
        label = message("Narratief {nr} of {title}: {new} instead of {old}", nr=here.piece.nr, title=here.title,
                        new=self.code_label(new), old=self.code_label(old))
        self._opened.do(label, coding.replace, self._opened.coder_id, [here.piece.id], old, new)

    def turn_absent(self, here: InHand, facet: int) -> None:
        """Mark a facet *niet genoemd*, or take that off again."""
        me = self._opened.coder_id
        name = next((f.name for f in self.names.facets if f.id == facet), "")
        if facet in here.piece.absent_of(me):
            self._opened.do(message("Narratief {nr} of {title}: {facet} open again", nr=here.piece.nr,
                                    title=here.title, facet=name), coding.clear_not_mentioned, me, here.piece.id, facet)
        else:
            self._opened.do(message("Narratief {nr} of {title}: {facet} not mentioned", nr=here.piece.nr,
                                    title=here.title, facet=name), coding.set_not_mentioned, me, here.piece.id, facet)

    def repeat(self, here: InHand, source: InHand) -> None:
        """Give the codes of another narratief."""
        label = message("Narratief {nr} of {title}: the codes of {source}", nr=here.piece.nr, title=here.title,
                        source=source.piece.nr)
        self._opened.do(label, coding.repeat, self._opened.coder_id, source.piece.id, here.piece.id)

    def flag(self, here: InHand, on: bool, reason: str = "") -> None:
        """Flag a narratief to discuss it, or take the flag off."""
        label = (message("Discuss narratief {nr}", nr=here.piece.nr) if on
                 else message("Narratief {nr} needs no discussing any more", nr=here.piece.nr))
        self._opened.do(label, coding.set_flag, self._opened.coder_id, here.piece.id, on, reason)

    def memo(self, narratief_id: int, body: str) -> None:
        """Write the coder's memo on a narratief."""
        self._opened.do(message("Memo"), memos.write, self._opened.coder_id, "narratief", narratief_id, body)

    def quote(self, here: InHand, start: int, end: int) -> None:
        """Keep whole words of the narratief as quote; `[start, end)` within its words."""
        start, end = whole_words(here.text, start, end)
        words = " ".join(here.text[start:end].split())
        self._opened.do(message("Quote “{words}”", words=words if len(words) <= 60 else f"{words[:59]}…"), memos.quote,
                        self._opened.coder_id, here.document_id, here.start + start, here.start + end)

    def code_label(self, code: int) -> str:
        """The label of a code."""
        return next((c.label for f in self.names.facets for c in f.codes if c.id == code), str(code))

    def tell(self, text: Message) -> None:
        """Say something at the foot of the window."""
        self._opened.message.emit(text, False)

    def unknown(self, facet: object, number: int) -> None:
        """Say that a facet has no such code."""
        name = next((f.name for f in self.names.facets if f.id == facet), _("The facet"))
        self.tell(message("{facet} has no code {number}.", facet=name, number=number))
