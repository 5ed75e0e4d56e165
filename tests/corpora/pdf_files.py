"""Writes small PDF files for tests: lines of text at given places, in Helvetica."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Placed = tuple[float, float, str, bool]
"""Left and bottom in points, words, bold."""

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>"
_LOCK = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)


def write_pdf(path: Path, pages: Sequence[Sequence[Placed]], locked: bool = False) -> None:
    """Write the pages (A4); a locked file asks for a password that nobody knows."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT % b"Helvetica", _FONT % b"Helvetica-Bold"]
    kids = []
    for lines in pages:
        content = b"".join(_line(*line) for line in lines)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</R 3 0 R/B 4 0 R>>>>"
                       b"/Contents %d 0 R>>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    path.write_bytes(_file(objects, _LOCK if locked else b""))


def _line(left: float, bottom: float, words: str, bold: bool) -> bytes:
    text = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s 11 Tf %f %f Td (%s) Tj ET\n" % (b"B" if bold else b"R", left, bottom, text)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, trailer, len(data)))
