"""The names that an expression may use, and what they stand for.

Names match whatever their capitals, their spacing and the form of their apostrophe. A name that is not there
is an error at its column that suggests the nearest ones; a label of several facets is an error that names
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn, TypeVar

from codebook.nearness import fold, nearest
from codebook.query.algebra import Code
from codebook.query.spelling import quoted
from corpora.errors import QueryError, UsageError
from corpora.messages import Message, message

Named = TypeVar("Named")


@dataclass(frozen=True)
class FacetName:
    """A facet of the codebook."""

    id: int
    label: str


@dataclass(frozen=True)
class CodeName:
    """A code, the facet it belongs to and the code directly above it."""

    id: int
    facet_id: int
    label: str
    parent_id: int | None = None


@dataclass(frozen=True)
class CoderName:
    """A coder."""

    id: int
    name: str


@dataclass(frozen=True)
class DocumentName:
    """A document and what is known of it; `attributes` by the attribute's label, values as they are shown."""

    id: int
    title: str
    group: str = ""
    kind: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedQuery:
    """A saved query: an expression that is asked anew each time, or (*momentopname*) a frozen set of
    narratieven."""

    name: str
    expression: str = ""
    narratief_ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Catalogue:
    """All names of a project. `kinds`, `groups` and `attributes` are the ones that exist, used or not; those
    that documents have are added to them."""

    facets: Sequence[FacetName] = ()
    codes: Sequence[CodeName] = ()
    coders: Sequence[CoderName] = ()
    documents: Sequence[DocumentName] = ()
    saved: Sequence[SavedQuery] = ()
    kinds: Sequence[str] = ()
    groups: Sequence[str] = ()
    attributes: Sequence[str] = ()

    # -- codes ---------------------------------------------------------------------------------------------

    def code(self, node: Code) -> CodeName:
        """The code that a node names; QueryError when there is none, or one in several facets.

        A node or name that has no column (0) is refused with a UsageError instead, here and below.
        """
        found = self._codes_by_label.get(fold(node.label), [])
        if node.facet is not None:
            facet = self.facet(node.facet, node.span.start)
            found = [code for code in found if code.facet_id == facet.id]
        if not found:
            self._no_code(node)
        if len({code.facet_id for code in found}) > 1:
            _refuse(message("“{label}” is a code of more than one facet; say which: {choices}.",
                            label=node.label, choices=self._choices(found)), node.span.start, node.span.end,
                    tuple(self.spelled(code.id) for code in found))
        return found[0]

    def facet(self, label: str, column: int = 0) -> FacetName:
        """The facet with this label; QueryError when there is none."""
        return _lookup(self._facets_by_label, label, column, message("facet"))

    def codes_of(self, facet_id: int) -> list[int]:
        """Ids of all codes of a facet, in the order of the codebook."""
        return [code.id for code in self.codes if code.facet_id == facet_id]

    def below(self, code_id: int) -> list[int]:
        """A code and every code below it in the tree."""
        found = [code_id]
        for code in found:
            found += [child for child in self._children[code] if child not in found]
        return found

    def above(self, code_id: int) -> list[int]:
        """A code and the one directly above it, if there is one."""
        parent = self._code_by_id[code_id].parent_id
        return [code_id] if parent is None else [code_id, parent]

    def beside(self, code_id: int) -> list[int]:
        """A code and those under the same parent; a code without a parent stands alone."""
        parent = self._code_by_id[code_id].parent_id
        return [code_id] if parent is None else list(self._children[parent])

    def spelled(self, code_id: int) -> str:
        """How a code is written in an expression: with its facet when other facets have the label too."""
        code = self._code_by_id[code_id]
        shared = len({other.facet_id for other in self._codes_by_label[fold(code.label)]}) > 1
        return self._qualified(code) if shared else quoted(code.label)

    # -- the rest ------------------------------------------------------------------------------------------

    def coder(self, name: str, column: int = 0) -> CoderName:
        """The coder of this name; QueryError when there is none."""
        return _lookup({fold(coder.name): coder for coder in self.coders}, name, column, message("coder"))

    def document(self, title: str, column: int = 0) -> DocumentName:
        """The document with this title; QueryError when there is none."""
        return _lookup(self._documents_by_title, title, column, message("document"))

    def in_group(self, group: str, column: int = 0) -> list[int]:
        """Ids of the documents of a respondent group; QueryError when there is no such group."""
        known = {fold(name): name for name in (*self.groups, *{d.group for d in self.documents if d.group})}
        found = _lookup(known, group, column, message("respondent group"))
        return self._documents_by_group.get(fold(found), [])

    def of_kind(self, kind: str, column: int = 0) -> list[int]:
        """Ids of the documents of a kind; QueryError when there is no such kind."""
        known = {fold(name): name for name in (*self.kinds, *{d.kind for d in self.documents if d.kind})}
        found = _lookup(known, kind, column, message("kind of document"))
        return [document.id for document in self.documents if fold(document.kind) == fold(found)]

    def values_of(self, attribute: str, column: int = 0) -> dict[int, str]:
        """The value of an attribute per document that has one; QueryError when there is no such attribute."""
        used = {name for document in self.documents for name in document.attributes}
        known = {fold(label): label for label in (*sorted(used), *self.attributes)}
        name = _lookup(known, attribute, column, message("attribute"))
        return {document.id: value for document in self.documents
                for label, value in document.attributes.items() if fold(label) == fold(name) and value != ""}

    def query(self, name: str, column: int = 0) -> SavedQuery:
        """The saved query of this name; QueryError when there is none."""
        return _lookup({fold(saved.name): saved for saved in self.saved}, name, column, message("saved query"))

    # -- inside --------------------------------------------------------------------------------------------

    @cached_property
    def _codes_by_label(self) -> dict[str, list[CodeName]]:
        found: dict[str, list[CodeName]] = defaultdict(list)
        for code in self.codes:
            found[fold(code.label)].append(code)
        return dict(found)

    @cached_property
    def _code_by_id(self) -> dict[int, CodeName]:
        return {code.id: code for code in self.codes}

    @cached_property
    def _facets_by_label(self) -> dict[str, FacetName]:
        return {fold(facet.label): facet for facet in self.facets}

    @cached_property
    def _children(self) -> defaultdict[int, list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for code in self.codes:
            if code.parent_id is not None:
                found[code.parent_id].append(code.id)
        return found

    @cached_property
    def _documents_by_title(self) -> dict[str, DocumentName]:
        return {fold(document.title): document for document in self.documents}

    @cached_property
    def _documents_by_group(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for document in self.documents:
            found[fold(document.group)].append(document.id)
        return dict(found)

    @cached_property
    def groups_of_documents(self) -> dict[int, str]:
        """The respondent group of every document, spelled as its first document has it; "" without one."""
        spelled: dict[str, str] = {fold(group): group for group in reversed(self.groups)}
        return {d.id: spelled.setdefault(fold(d.group), d.group) for d in self.documents}

    def _qualified(self, code: CodeName) -> str:
        facet = next(facet.label for facet in self.facets if facet.id == code.facet_id)
        return f"{quoted(facet)}:{quoted(code.label)}"

    def _choices(self, codes: Iterable[CodeName]) -> str:
        return ", ".join(self._qualified(code) for code in codes)

    def _no_code(self, node: Code) -> NoReturn:
        labels = nearest(node.label, self._codes_by_label)
        near = [code for label in labels for code in self._codes_by_label[label]]
        if node.facet is not None:
            elsewhere = self._codes_by_label.get(fold(node.label), [])
            facet = self.facet(node.facet)
            near = elsewhere or [c for c in near if c.facet_id == facet.id] or near
        _refuse(_missing(message("code"), node.label, self._choices(near)), node.span.start, node.span.end,
                tuple(self.spelled(code.id) for code in near))


def _lookup(known: Mapping[str, Named], name: str, column: int, kind: Message) -> Named:
    found = known.get(fold(name))
    if found is None:
        _refuse(_missing(kind, name, ", ".join(_shown(known[label]) for label in nearest(name, known))), column)
    return found


def _missing(kind: Message, label: str, choices: str) -> Message:
    if not choices:
        return message("There is no {kind} “{label}”.", kind=kind, label=label)
    return message("There is no {kind} “{label}”. Did you mean {choices}?", kind=kind, label=label, choices=choices)


def _refuse(reason: Message, column: int, end: int = 0, instead: tuple[str, ...] = ()) -> NoReturn:
    """A name that stood in an expression is named with its column; one from elsewhere has none."""
    if column:
        raise QueryError("Column {column}: {reason}", column=column, end=end, instead=instead, reason=reason)
    raise UsageError(reason.template, **reason.values)


def _shown(found: object) -> str:
    names = (getattr(found, attribute, found) for attribute in ("label", "title", "name"))
    return f"“{found if isinstance(found, str) else next(n for n in names if n is not found)}”"
