"""What the program remembers between runs, as one JSON file in the user's configuration folder."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_dir

RECENT_LIMIT = 12


@dataclass
class Settings:
    """`language` and `theme` are None when the system decides; `zoom` is in percent; `recent` holds project
    paths or addresses, the latest first; `geometry` is Qt's own record of the window's place, in base64;
    `coder` and `role` say
    who works here; `panels` keeps what a place wants to remember (splitter positions, last choices) under its own
    key."""

    language: str | None = None
    theme: str | None = None
    zoom: int = 100
    recent: list[str] = field(default_factory=list)
    coder: str = ""
    role: str = ""
    geometry: str = ""
    panels: dict[str, Any] = field(default_factory=dict)

    def remember_project(self, path: str) -> None:
        """Put a project at the head of the recent ones."""
        self.recent = [path, *(p for p in self.recent if p != path)][:RECENT_LIMIT]

    def folder(self) -> str:
        """The folder of the project opened last, to look for another in; empty when there is none."""
        files = (Path(path) for path in self.recent if "://" not in path)
        return str(next((path.resolve().parent for path in files if path.exists()), ""))

    def forget_project(self, path: str) -> None:
        """Take a project from the recent ones; the project itself stays."""
        self.recent = [p for p in self.recent if p != path]

    def save(self) -> None:
        """Write the settings; a folder that cannot be written to is no reason to stop working."""
        with contextlib.suppress(OSError):
            target = settings_path()
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".new")
            draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2), encoding="utf-8")
            draft.replace(target)


def settings_folder() -> Path:
    """The folder of the settings: `NARRATIEF_HOME` if set, else the system's place for configuration."""
    home = os.environ.get("NARRATIEF_HOME")
    return Path(home) if home else Path(user_config_dir("narratief", appauthor=False))


def settings_path() -> Path:
    """The settings file itself."""
    return settings_folder() / "settings.json"


def load_settings() -> Settings:
    """The remembered settings. What is missing or damaged in the file falls back to its default, the rest holds."""
    try:
        found = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _tolerant(found) if isinstance(found, dict) else Settings()


def _tolerant(found: Mapping[str, Any]) -> Settings:
    settings = Settings()
    for one in fields(Settings):
        value = found.get(one.name)
        if _fits(one.name, value):
            setattr(settings, one.name, value)
    settings.zoom = min(200, max(80, settings.zoom))
    return settings


def _fits(name: str, value: object) -> bool:
    if name == "zoom":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "recent":
        return isinstance(value, list) and all(isinstance(p, str) for p in value)
    if name == "panels":
        return isinstance(value, dict)
    return isinstance(value, str) or (value is None and name in ("language", "theme"))
