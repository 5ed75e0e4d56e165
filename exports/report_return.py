"""A report that was written before, read back: own words that were typed in Word go into the project before the file is
made anew, and a file in which more was changed is kept beside the new one. So nothing typed is overwritten unseen.

The file holds, as custom properties, a fingerprint of its own words per place and one of all other text: what was
there when the program wrote it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree
from sqlalchemy.orm import Session

from codebook import report_texts
from codebook.coding import coder_id
from corpora.messages import Message, Translator, message
from corpora.store.project import Project
from exports.paper import Own, Paper
from exports.paper_word import BEGIN, END, OWN_TAG, made, own_mark
from exports.word import save
from exports.word_xml import PROPERTIES, VALUES, W, set_properties

PREFIX = "narratief."
REST = PREFIX + "rest"
KIND = PREFIX + "document"
BOTH = "\n\n"


@dataclass(frozen=True)
class Earlier:
    """A report as it lies there: own words by place as they are now, the fingerprints of what the program wrote, and
    that of all other text now. `marked` when it holds comments or tracked changes."""

    texts: dict[str, str]
    written: dict[str, str]
    rest: str
    marked: bool

    @property
    def is_ours(self) -> bool:
        """Whether the program wrote it."""
        return KIND in self.written

    def typed(self) -> dict[str, str]:
        """The own words that were changed in Word since."""
        return {place: text for place, text in self.texts.items()
                if _print(text) not in self.written.get(PREFIX + place, "").split()}

    def has_more_than(self, places: Collection[str]) -> bool:
        """Whether own words stand here at a place where the project never had any, as an older copy has not."""
        empty = _print("")
        return any(text and empty not in self.written.get(PREFIX + place, empty).split()
                   for place, text in self.texts.items() if place not in places)

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether anything but own words was changed in Word, so that a new file would lose it."""
        return not self.is_ours or self.marked or self.rest != self.written.get(REST)


def read(path: Path) -> Earlier | None:
    """What lies at a place; None when that is no Word document."""
    try:
        with ZipFile(path) as found:
            document = etree.fromstring(found.read("word/document.xml"))
            properties = found.read("docProps/custom.xml") if "docProps/custom.xml" in found.namelist() else b""
            comments = "word/comments.xml" in found.namelist()
    except (BadZipFile, KeyError, OSError, etree.XMLSyntaxError):
        return None
    written = _properties(properties)
    own = _own(document, [name.removeprefix(PREFIX) for name in written])
    texts = {place: "\n".join(filter(None, map(_line, lines))) for place, lines in own.items()}
    marked = comments or next(document.iter(f"{{{W}}}ins", f"{{{W}}}del"), None) is not None
    return Earlier(texts, written, _print(_rest(document, own)), marked)


Lines = dict[str, list[Any]]
"""Place → the paragraphs that stand there."""


def _own(document: Any, places: Iterable[str]) -> Lines:
    """The own words, by the content controls of Word or, where another program dropped those, by the bookmarks."""
    found: Lines = {}
    for holder in document.iter(f"{{{W}}}sdt"):
        tag = holder.find(f"{{{W}}}sdtPr/{{{W}}}tag")
        name = tag.get(f"{{{W}}}val", "") if tag is not None else ""
        if name.startswith(OWN_TAG):
            found[name.removeprefix(OWN_TAG)] = list(holder.iter(f"{{{W}}}p"))
    marks = {own_mark(place, BEGIN): place for place in places if place not in found}
    ends = {own_mark(place, END) for place in marks.values()}
    if marks:
        found |= _between(document, marks, ends)
    return found


def _between(document: Any, marks: dict[str, str], ends: set[str]) -> Lines:
    found: Lines = {}
    at = ""
    for paragraph in document.iter(f"{{{W}}}p"):
        names = {mark.get(f"{{{W}}}name", "") for mark in paragraph.iter(f"{{{W}}}bookmarkStart")}
        at = "" if names & ends else at
        if at:
            found.setdefault(at, []).append(paragraph)
        at = next((marks[name] for name in names if name in marks), at)
    return found


def _line(paragraph: Any) -> str:
    parts = []
    for one in paragraph.iter(f"{{{W}}}t", f"{{{W}}}tab", f"{{{W}}}br"):
        parts.append(one.text or "" if one.tag.endswith("}t") else " ")
    return " ".join("".join(parts).split())


def _rest(document: Any, own: Lines) -> str:
    """All text outside own words and contents, in order."""
    inside = {p for lines in own.values() for p in lines}
    lines = (_line(p) for p in document.iter(f"{{{W}}}p") if p not in inside and not _is_contents(p))
    return "\n".join(filter(None, lines))


def _is_contents(paragraph: Any) -> bool:
    """Whether this is a line of the table of contents, which Word fills anew by itself."""
    style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    name = "" if style is None else style.get(f"{{{W}}}val", "").lower()
    return name.startswith(("toc", "contents", "inhopg"))


def _properties(blob: bytes) -> dict[str, str]:
    if not blob:
        return {}
    return {one.get("name", ""): one.findtext(f"{{{VALUES}}}lpwstr") or ""
            for one in etree.fromstring(blob).iter(f"{{{PROPERTIES}}}property")}


def _print(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:24]


# writing


def write(paper: Paper, path: Path, translator: Translator, held: Collection[str]) -> None:
    """Write the report with its fingerprints; what lies there and was changed elsewhere than in own words, or has own
    words at other places than the project has (`held`), is kept under another name."""
    places = [part for part in paper.parts if isinstance(part, Own)]
    # At an empty place stands its prompt, which is as good as nothing.
    own = {PREFIX + p.place: f"{_print('')} {_print(p.prompt)}" if not p.body else _print(p.body) for p in places}
    document = made(paper, translator)
    rest = _print(_rest(document.element, _own(document.element, [])))
    set_properties(document, {KIND: "report", REST: rest, **own})
    keep_changed(path, held)
    save(document, path)


def keep_changed(path: Path, held: Collection[str]) -> Path | None:
    """Give a file that would lose somebody's work another name; returns that."""
    if not path.is_file():
        return None
    if not would_keep(path, held):
        return None
    kept = kept_name(path)
    path.rename(kept)
    return kept


def kept_name(path: Path) -> Path:
    """Where a changed report is kept: beside it, with a number behind its name."""
    n = 1
    while (kept := path.with_name(f"{path.stem} (bewaard {n}){path.suffix}")).exists():
        n += 1
    return kept


# reading back


@dataclass(frozen=True)
class Returned:
    """What reading back did: places taken over, and of those the ones that had been changed in the project as well and
    now hold both texts."""

    taken: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


def read_back(project: Project, path: Path, who: str) -> Returned | None:
    """Take the own words that were typed in an earlier report at `path` into the project, in one step; None when there
    is no report of ours."""
    earlier = read(path) if path.suffix.lower() == ".docx" and path.is_file() else None
    if earlier is None or not earlier.is_ours:
        return None
    typed = {place: text for place, text in earlier.typed().items() if report_texts.is_place(place)}
    if not typed:
        return Returned()
    return project.step(label_of(path), _take, who, typed, earlier.written)


def prepare(project: Project, path: Path) -> list[Message]:
    """Read an earlier report back, and say what was taken over and what will be kept beside the new one."""
    found = read_back(project, path, project.author or "onderzoeker") or Returned()
    told = []
    if found.taken:
        told.append(message("What was typed in the earlier {file} was taken over at: {places}.", file=path.name,
                            places=", ".join(found.taken)))
    if found.joined:
        told.append(message("Changed in the project as well, so both texts stand there now: {places}.",
                            places=", ".join(found.joined)))
    with project.read() as session:
        held = report_texts.all_of(session)
    if path.is_file() and path.suffix.lower() == ".docx" and would_keep(path, held):
        told.append(message("In the earlier {file} stands more than this report will hold. It is kept as {kept}.",
                            file=path.name, kept=kept_name(path).name))
    return told


def would_keep(path: Path, held: Collection[str]) -> bool:
    """Whether the file that lies there would lose somebody's work."""
    earlier = read(path)
    return earlier is None or earlier.is_changed_elsewhere or earlier.has_more_than(held)


def label_of(path: Path) -> Message:
    """How the step is called."""
    return message("Take over what was typed in {file}", file=path.name)


def _take(session: Session, who: str, typed: dict[str, str], written: dict[str, str]) -> Returned:
    coder = coder_id(session, who, role="onderzoeker")
    taken, joined = [], []
    for place, text in typed.items():
        mine = report_texts.body_at(session, place)
        if _print(mine) == _print(text):
            continue
        both = mine and _print(mine) not in written.get(PREFIX + place, "").split()
        report_texts.write(session, coder, place, f"{mine}{BOTH}{text}" if both else text)
        taken.append(place)
        joined += [place] if both else []
    return Returned(tuple(taken), tuple(joined))


