"""What lies on the coder's desk: the document and narratief in hand, the codebook, who codes; kept current by each
step, reading only what changed (no widgets here)."""

from __future__ import annotations

from sqlalchemy import select

from codebook import assigning, memos
from codebook.analysis.progress import complete_by_document
from codebook.coded import CodedNarratief
from codebook.models import Done
from corpora.documents import title_key
from corpora.models import Document, Narratief
from corpora.store.project import Changed
from workbench.itemmodels.coder_marks import coders, initials
from workbench.panels.coding_document import DocumentInHand, read_document, read_quotes, recoded
from workbench.panels.coding_head import DocumentLine
from workbench.panels.coding_values import CODED, CodebookValues, read_codebook
from workbench.project import OpenProject

CODEBOOK = {"facet", "code", "code_group", "code_group_member"}
TEXT = {"document", "turn", "speaker", "narratief", "text_version"}


class CodingDesk:
    """State of the coding page."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened = opened
        self.book = CodebookValues()
        self.document: DocumentInHand | None = None
        self.current: int | None = None
        self.others: set[int] = set()
        self._titles: dict[int, str] | None = None
        self._coders: dict[int, str] = {}
        self._done: set[tuple[int, int]] = set()
        self._mine: set[int] = set()

    def read_names(self) -> None:
        """Read codebook, coders and what is ready."""
        with self._opened.project.read() as session:
            self.book = read_codebook(session)
            self._coders = coders(session)
            self._done = set(session.execute(select(Done.document_id, Done.coder_id)))

    @property
    def me(self) -> int:
        """The coder at work; 0 while they have done nothing yet, as looking makes no coder."""
        wanted = " ".join((self._opened.coder or "Codeur").split()).casefold()
        return next((n for n, name in self._coders.items() if name.casefold() == wanted), 0)

    def piece(self) -> CodedNarratief | None:
        """The narratief in hand."""
        return self.document.narratief(self.current) if self.document else None

    def documents(self) -> dict[int, str]:
        """Number → title in order, those assigned to the coder at work first."""
        if self._titles is None:
            with self._opened.project.read() as session:
                found = session.execute(select(Document.id, Document.title)).all()
                self._mine = set(assigning.documents_of(session, self.me))
            self._titles = {n: title for n, title in sorted(found, key=lambda row: (row.id not in self._mine,
                                                                                    title_key(row.title)))}
        return self._titles

    def open(self, number: int) -> DocumentInHand | None:
        """Take a document in hand."""
        with self._opened.project.read() as session:
            self.document = read_document(session, number, self._opened.reading.veil)
        self.current = None
        return self.document

    def document_of(self, narratief: int) -> int | None:
        """The document of a narratief."""
        with self._opened.project.read() as session:
            return session.scalar(select(Narratief.document_id).where(Narratief.id == narratief))

    def first_open(self) -> int:
        """The first document that is not complete, else the first that has narratieven, else the first."""
        lines = self.lines()
        cut = [line for line in lines if line.total]
        unfinished = [line for line in cut if line.complete < line.total]
        return (unfinished or cut or lines)[0].id

    def lines(self) -> list[DocumentLine]:
        """All documents with their counts for the coder at work."""
        me = self.me
        counts = complete_by_document(self._opened.reading.index, me, self.book.rules())
        return [DocumentLine(n, title, *counts.get(n, (0, 0)), (n, me) in self._done, n in self._mine)
                for n, title in self.documents().items()]

    def line_in_hand(self) -> DocumentLine:
        """The document in hand with its counts."""
        document = self.document
        if document is None:
            return DocumentLine(0, "", 0, 0)
        return DocumentLine(document.id, document.title, document.complete(self.me, self.book),
                            len(document.counting), self.is_done(), document.id in self._mine)

    def is_done(self) -> bool:
        """Whether the coder marked the document in hand as ready."""
        return self.document is not None and (self.document.id, self.me) in self._done

    def other_coders(self) -> dict[int, str]:
        """The coders beside the one at work whose codes of the document in hand may be seen."""
        if self.is_hidden():
            return {}
        return {n: name for n, name in self._coders.items() if n != self.me}

    def is_hidden(self) -> bool:
        """Whether blind coding hides what others gave in the document in hand."""
        return self.document is not None and self._opened.reading.veil.hides(self.document.id)

    def marks(self) -> dict[int, str]:
        """The coders in sight with their marks, the one at work first."""
        found = initials(self._coders)
        return {n: found.get(n, "") for n in (self.me, *sorted(self.others & set(self._coders)))}

    def memo(self, about: str, number: int) -> str:
        """The coder's own memo on something."""
        with self._opened.project.read() as session:
            return next((m.body for m in memos.of(session, about, number) if m.coder_id == self.me), "")

    def take_in(self, changed: Changed) -> bool:
        """Take a step in; returns whether names (codes, coders) changed."""
        tables = changed.tables()
        names = bool(tables & (CODEBOOK | {"coder"}))
        if tables & {"document", "assignment", "coder"}:
            self._titles = None
        if names:
            self.read_names()
        elif "done" in tables:
            with self._opened.project.read() as session:
                self._done = set(session.execute(select(Done.document_id, Done.coder_id)))
        if self.document is not None:
            self._take_in_document(changed, tables)
        return names

    def _take_in_document(self, changed: Changed, tables: set[str]) -> None:
        document = self.document
        if document is None:
            return
        with self._opened.project.read() as session:
            if tables & TEXT:
                self.document = read_document(session, document.id, self._opened.reading.veil)
                return
            if tables & set(CODED):
                self.document = recoded(session, document, changed.rows, self._opened.reading.veil)
            if "quote" in tables and self.document is not None:
                quotes = read_quotes(session, document.id, self._opened.reading.veil)
                self.document = DocumentInHand(**{**vars(self.document), "quotes": quotes})
