"""A section of the report as HTML for a text browser; every sentence with something behind it is a link (no Qt)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from exports.paper import Figure, Heading, Own, Paper, Paragraph, Part, Quotation, Table

Ink = Mapping[str, str]
"""Colours by meaning: text, quiet, accent, tint, line."""
SIZES = {1: 20, 2: 16, 3: 14}
"""Of headings, in pixels."""


def page(parts: Sequence[Part], numbers: Sequence[int], ink: Ink, front: str = "") -> str:
    """These parts of a report, below `front`. A link is `part:N`, in a row with a source `row:N:ROW`; a picture
    `figure:N`."""
    body = front + "".join(_shown(parts[n], n, ink) for n in numbers)
    return f'<body style="color:{ink["text"]}">{body}</body>'


def front_of(paper: Paper, ink: Ink) -> str:
    """What the program puts on the title page."""
    facts = "<br>".join(escape(fact) for fact in paper.facts)
    return (f'<p style="font-size:24px;font-weight:600;color:{ink["accent"]}">{escape(paper.title)}</p>'
            f'<p style="color:{ink["quiet"]}">{escape(paper.subtitle)}</p><p style="color:{ink["quiet"]}">{facts}</p>')


def _shown(part: Part, n: int, ink: Ink) -> str:
    match part:
        case Heading():
            look = f'font-size:{SIZES.get(part.level, 13)}px;font-weight:600'
            return f'<p style="{look}">{_link(n, part.text, ink["accent"])}</p>'
        case Paragraph():
            dot = "• " if part.style == "bullet" else ""
            return f'<p style="{_look(part, ink)}">{dot}{_words(part, n, ink)}</p>'
        case Quotation():
            return _quotation(part, n, ink)
        case Table():
            return _table(part, n, ink)
        case Figure():
            return f'<p><img src="figure:{n}"></p>{_caption(part.caption, n, ink)}'
        case Own() if part.body:
            return "".join(f"<p>{_link(n, line, ink['text'])}</p>" for line in part.body.splitlines() if line.strip())
        case Own():
            return f"<p><i>{_link(n, part.prompt, ink['quiet'])}</i></p>"
        case _:
            return ""


def _look(part: Paragraph, ink: Ink) -> str:
    return f'color:{ink["quiet"]};font-size:12px' if part.style in ("small", "quiet") else ""


def _words(part: Paragraph, n: int, ink: Ink) -> str:
    colour = ink["quiet"] if part.style in ("small", "quiet") else ink["text"]
    found = ""
    for run in part.runs:
        said = _link(n, run.text, colour)
        said = f"<b>{said}</b>" if run.bold else said
        found += f"<i>{said}</i>" if run.italic else said
    return found


def _quotation(part: Quotation, n: int, ink: Ink) -> str:
    return (f'<table cellspacing="0" width="96%"><tr><td bgcolor="{ink["accent"]}" width="4"></td>'
            f'<td bgcolor="{ink["tint"]}" style="padding:6px 12px"><i>{_link(n, f"“{part.text}”", ink["text"])}</i><br>'
            f'<span style="color:{ink["quiet"]}">({escape(part.role)})</span></td></tr></table>'
            '<p style="font-size:5px">&nbsp;</p>')


def _link(n: int, text: str, colour: str) -> str:
    return f'<a name="part:{n}" href="part:{n}" style="color:{colour};text-decoration:none">{escape(text)}</a>'


def _caption(text: str, n: int, ink: Ink) -> str:
    return f"<p><b>{_link(n, text, ink['quiet'])}</b></p>" if text else ""


def _table(part: Table, n: int, ink: Ink) -> str:
    heads = "".join(_cell(f'<span style="color:{ink["accent"]}">{escape(head)}</span>', at, part, "th")
                    for at, head in enumerate(part.heads))
    rows = "".join(_row(part, n, at, ink) for at in range(len(part.rows)))
    look = f"border-collapse:collapse;border-color:{ink['line']}"
    return (_caption(part.caption, n, ink) +
            f'<table border="1" cellspacing="0" style="{look}" width="100%"><tr>{heads}</tr>{rows}</table>')


def _row(part: Table, n: int, at: int, ink: Ink) -> str:
    link = f"row:{n}:{at}" if part.sources and part.sources[at] else f"part:{n}"
    look = f"color:{ink['text']};text-decoration:none"
    cells = (f'<a href="{link}" style="{look}">{escape(text)}</a>'.replace("\n", "<br>") for text in part.rows[at])
    return "<tr>" + "".join(_cell(text, place, part, "td") for place, text in enumerate(cells)) + "</tr>"


def _cell(text: str, at: int, part: Table, tag: str) -> str:
    side = "right" if at in part.numeric else "left"
    return f'<{tag} align="{side}" style="padding:3px 8px">{text}</{tag}>'
