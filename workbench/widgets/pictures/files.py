"""Pictures as files for a report: SVG, and PNG at 300 dots to the inch, on white paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from corpora.errors import UsageError
from exports.files import written
from workbench.widgets.pictures.ink import font
from workbench.widgets.pictures.paint import paint
from workbench.widgets.pictures.shapes import NORMAL, Drawing

DESIGN_DPI, PRINT_DPI = 96, 300
PER_METRE = round(PRINT_DPI / 0.0254)
PAPER = (971.0, 620.0)
"""The room on a landscape A4 page with margins of 2 cm, in pixels of the design."""
LONGEST_SIDE = 32767
"""Qt draws no image with a longer side."""


def write_picture(drawing: Drawing, path: Path) -> None:
    """Write a picture as SVG or PNG, by the ending of the file. UsageError for another ending and for a picture too
    large for PNG; ExportError when the file cannot be written."""
    ways = {".svg": svg_bytes, ".png": png_bytes}
    if path.suffix.lower() not in ways:
        raise UsageError("{name}: a picture is written as .svg or .png.", name=path.name)
    made = ways[path.suffix.lower()](drawing)
    with written(path) as draft:
        draft.write_bytes(made)


def svg_bytes(drawing: Drawing) -> bytes:
    """The picture as SVG, its words as text that can be searched and edited."""
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setResolution(DESIGN_DPI)
    generator.setSize(QSize(round(drawing.width), round(drawing.height)))
    generator.setViewBox(QRect(0, 0, round(drawing.width), round(drawing.height)))
    generator.setTitle(drawing.title)
    generator.setDescription(drawing.summary)
    painter = QPainter(generator)
    paint(painter, drawing)
    painter.end()
    # Where the face is not installed one of about the same width must take its place.
    face = font(NORMAL).family()
    return bytes(buffer.data().data()).replace(f'font-family="{face}"'.encode(),
                                               f'font-family="{face}, Arial, Helvetica, sans-serif"'.encode())


def png_bytes(drawing: Drawing) -> bytes:
    """The picture as PNG, at the resolution of print."""
    scale = PRINT_DPI / DESIGN_DPI
    size = QSize(round(drawing.width * scale), round(drawing.height * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    if max(size.width(), size.height()) > LONGEST_SIDE or image.isNull():
        raise UsageError("This picture is too large for PNG. Choose fewer codes, or write it as SVG.")
    image.setDotsPerMeterX(PER_METRE)
    image.setDotsPerMeterY(PER_METRE)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint(painter, drawing)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes text
    return bytes(buffer.data().data())
