"""What the coder can ask for while coding: codes given, taken off and replaced, memo, flag, quote, new code, ready.

Each command looks at what is in hand, asks in place if something must be asked, and leaves the writing to
`coding_actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpora.messages import message
from workbench.i18n import _
from workbench.panels.coding_actions import CodingActions
from workbench.panels.coding_strips import NewCode
from workbench.widgets.strips import Strip

if TYPE_CHECKING:
    from workbench.panels.coding_page import CodingPage


class CodingCommands:
    """The commands of the page, by name through `run`."""

    def __init__(self, page: CodingPage) -> None:
        self._page, self._desk = page, page.desk
        self.deeds = CodingActions(page.opened)
        self.shown_code: int | None = None
        self._replacing: int | None = None

    def choose(self, code: object) -> None:
        """A code was chosen: give it, take it off, or put it in the place of another."""
        document, piece, number = self._desk.document, self._desk.piece(), int(str(code))
        if document is None or piece is None:
            return
        old, self._replacing = self._replacing, None
        if old is not None:
            self._page.strips.only(None)
            self.deeds.replace(document, piece, old, number)
        else:
            self.deeds.toggle(document, piece, number)

    def set_absent(self, facet: object) -> None:
        """*Niet genoemd* was chosen: mark it and ask why."""
        document, piece, number = self._desk.document, self._desk.piece(), int(str(facet))
        if document is not None and piece is not None and self.deeds.not_mentioned(document, piece, number):
            self._ask(self._page.strips.reason)
            self._page.strips.reason.ask(_("{facet} not mentioned:", facet=self._desk.book.names[number]),
                                   lambda text: self.deeds.explain_absent(piece, number, text))

    def remove_shown(self) -> None:
        """Take off the code that was chosen or pointed at last."""
        document, piece = self._desk.document, self._desk.piece()
        if document and piece and self.shown_code in piece.codes_of(self._desk.me):
            self.deeds.toggle(document, piece, self.shown_code or 0)

    def ask_replace(self) -> None:
        """The next code chosen comes in the place of the one chosen last."""
        piece = self._desk.piece()
        if piece is None or self.shown_code is None or self.shown_code not in piece.codes_of(self._desk.me):
            self._page.tell(message("Point at a code that this narratief has, then replace it."))
            return
        self._replacing = self.shown_code
        book = self._desk.book
        self._page.strips.only(self._page.strips.notice)
        self._page.strips.notice.say(_("Choose the code in the place of {code}; its memo stays. Esc stops.",
                                 code=book.codes[self.shown_code].label))
        self._page.keys.step_to_facet(book.facet_of[self.shown_code])
        self._page.field().setFocus()

    def stop_replacing(self) -> bool:
        """No replacing after all; False when there was none."""
        was, self._replacing = self._replacing is not None, None
        if was:
            self._page.strips.only(None)
        return was

    def run(self, name: str) -> None:
        """Do a command of the picker or the foot by its name."""
        commands = {
            "next": lambda: self.step(1), "previous": lambda: self.step(-1), "next_open": self.step_open,
            "repeat": self.repeat, "memo": self.ask_memo, "discuss": self.flag, "quote": self.quote,
            "in_vivo": self.ask_in_vivo, "ready": self.ready,
        }
        if self._desk.document is not None:
            commands[name]()

    def step(self, direction: int) -> None:
        """To the next or previous narratief."""
        document = self._desk.document
        found = document.beside(self._desk.current, direction) if document else None
        if found is not None:
            self._page.go_to(found.id)
        elif document is not None and direction > 0:
            self._page.tell(message("This is the last narratief of {title}. Press = when the document is ready.",
                               title=document.title))

    def step_open(self) -> None:
        """To the next narratief that is not complete."""
        document = self._desk.document
        found = document.next_open(self._desk.current, self._desk.me, self._desk.book) if document else None
        if found is not None:
            self._page.go_to(found.id)
        elif document is not None:
            self._page.tell(message("Every narratief of {title} is complete.", title=document.title))

    def repeat(self) -> None:
        """Give the codes of the narratief before."""
        document, piece = self._desk.document, self._desk.piece()
        source = document.beside(self._desk.current, -1) if document else None
        if document and piece and source:
            self.deeds.repeat(document, piece, source)
        else:
            self._page.tell(message("There is no narratief before this one."))

    def ask_memo(self) -> None:
        """Open the memo on the narratief, or on the words selected (they become a quote)."""
        document, piece = self._desk.document, self._desk.piece()
        if document is None or piece is None:
            return
        start, end = self._page.view.selection()
        if start < end:
            quote = self.deeds.quoted(document, start, end)
            if quote is not None:
                self._open_memo(_("Memo on the words selected"), "quote", quote, self._desk.memo("quote", quote))
            return
        own = piece.memos.get(self._desk.me, "")
        self._open_memo(_("Memo on narratief {nr}", nr=piece.nr), "narratief", piece.id, own)

    def _open_memo(self, head: str, about: str, number: int, text: str) -> None:
        self._ask(self._page.strips.memo)
        self._page.strips.memo.ask(head, lambda body: self.deeds.memo(about, number, body), text)

    def flag(self) -> None:
        """Flag to discuss, with a reason if one likes; once more takes it off."""
        piece = self._desk.piece()
        if piece is None:
            return
        on = self._desk.me not in piece.flags
        self.deeds.flag(piece, on)
        if on:
            self._ask(self._page.strips.reason)
            self._page.strips.reason.ask(_("Discuss narratief {nr}:", nr=piece.nr),
                                   lambda text: self.deeds.flag(piece, True, text))

    def quote(self) -> None:
        """Keep the words selected as quote; on the same words again it goes."""
        document, (start, end) = self._desk.document, self._page.view.selection()
        if document is None or start == end:
            self._page.tell(message("Select words in the text first, with the mouse, or with F6 and Shift+arrows."))
            return
        piece = document.at(start)
        given = piece.codes_of(self._desk.me) if piece else []
        self.deeds.quote(document, start, end, self.shown_code if self.shown_code in given else None)

    def ask_in_vivo(self) -> None:
        """Make a code in the words of the text."""
        document, (start, end) = self._desk.document, self._page.view.selection()
        if document is None or start == end:
            self._page.tell(message("Select words in the text first, with the mouse, or with F6 and Shift+arrows."))
            return
        inside = document.at(start)
        if inside is not None and inside.id != self._desk.current:
            self._page.go_to(inside.id, keep_place=True)
        words = " ".join(document.text[start:end].replace('"', "").replace(":", "").split())
        self._ask_code(_("Code in the words of the text"), words, (start, end))

    def ask_new_code(self) -> None:
        """Make a code of what was typed."""
        self._ask_code(_("New code"), self._page.field().text().strip())

    def _ask_code(self, head: str, label: str, words: tuple[int, int] | None = None) -> None:
        if self._desk.piece() is None:
            return
        facets = list(self._desk.book.names.items())
        self._ask(self._page.strips.new_code)
        self._page.strips.new_code.ask(head, label, facets, self._page.facet_in_hand(), words)

    def make(self, new: NewCode) -> None:
        piece = self._desk.piece()
        made = self.deeds.make(piece, new) if piece else None
        if made is not None:
            self._page.field().clear()
            self.shown_code = made
            self._page.keys.step_to_facet(new.facet_id)
            self._page.keys.step_on()

    def ready(self) -> None:
        """Mark the document as ready; what is missing is listed first. Once more opens it again."""
        self.set_ready(not self._desk.is_done())

    def set_ready(self, done: bool, overrule: bool = False) -> None:
        document = self._desk.document
        found = self.deeds.ready(document, done, overrule) if document else []
        if document is None or not found or overrule:
            return
        lines: dict[int, list[str]] = {}
        for one in found:
            lines.setdefault(one.narratief_id, []).append(one.facet.label)
        numbers = {one.narratief_id: one.nr for one in found}
        shown = [(n, _("Narratief {nr}: {facets}", nr=numbers[n], facets=", ".join(names)))
                 for n, names in lines.items()]
        self._ask(self._page.strips.missing)
        self._page.strips.missing.ask(_("Not yet complete in {title}: {n}. Enter goes there.", n=len(shown),
                                  title=document.title), shown)

    def _ask(self, strip: Strip) -> None:
        self._replacing = None
        self._page.strips.only(strip)

    def forget_replacing(self) -> None:
        """The next code chosen is an ordinary one again."""
        self._replacing = None
