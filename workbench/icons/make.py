"""Write the program's mark as PNG, ICO and ICNS beside its SVG: `python -m workbench.icons.make`."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication

from workbench.icons import pixmap

PNG_SIZES = (16, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 32, 48, 64, 128, 256)
ICNS_KINDS = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def png(size: int) -> bytes:
    """The mark as PNG, `size` pixels square."""
    target = QByteArray()
    buffer = QBuffer(target)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap("narratief", size, "", 1.0).save(buffer, "PNG")
    return bytes(target.data())


def ico() -> bytes:
    """The mark as Windows icon: a directory of PNGs."""
    pictures = [(size, png(size)) for size in ICO_SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset, entries = 6 + 16 * len(pictures), b""
    for size, data in pictures:
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + entries + b"".join(data for _size, data in pictures)


def icns() -> bytes:
    """The mark as macOS icon: tagged PNGs."""
    parts = b""
    for kind, size in ICNS_KINDS.items():
        data = png(size)
        parts += kind + struct.pack(">I", len(data) + 8) + data
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def main() -> None:
    """Write all files."""
    app = QGuiApplication.instance() or QGuiApplication([])
    folder = Path(__file__).parent
    for size in PNG_SIZES:
        (folder / f"narratief-{size}.png").write_bytes(png(size))
    (folder / "narratief.ico").write_bytes(ico())
    (folder / "narratief.icns").write_bytes(icns())
    app.processEvents()


if __name__ == "__main__":
    main()
