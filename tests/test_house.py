"""The house itself: the first command, the locked versions, the README and the check that runs everything."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def house() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house_run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def locked() -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        wanted = line.split("#")[0].strip()
        if wanted:
            requirement = Requirement(wanted)
            [pin] = requirement.specifier
            assert pin.operator == "==", line
            found.setdefault(canonical(requirement.name), []).append(Version(pin.version))
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_what_the_project_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    pins = locked()
    for wanted in map(Requirement, [*PROJECT["dependencies"], *extras["dev"], *extras["server"], "setuptools>=70"]):
        versions = pins[canonical(wanted.name)]
        assert all(version in wanted.specifier for version in versions), wanted
    assert all(version < Version("6.12") for version in pins["pyside6-essentials"])


def test_this_environment_is_the_locked_one() -> None:
    from importlib.metadata import PackageNotFoundError, version

    pins, other = locked(), {}
    for name in map(canonical, (Requirement(each).name for each in PROJECT["dependencies"])):
        try:
            if Version(version(name)) not in pins[name]:
                other[name] = version(name)
        except PackageNotFoundError:
            other[name] = "missing"
    assert other == {}


def test_the_first_command_needs_nothing_but_an_old_python() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 9))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_an_old_python_is_told_what_to_do(house: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(house.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")
    assert house.main([]) == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "window"), [
    ([], True), (["demo"], True), (["demo", "x.narratief"], True), (["demo", "--no-window"], False),
    (["narratief"], True), (["narratief", "x.narratief"], True), (["x.narratief"], True), (["test"], False),
    (["narratief", "info", "x.narratief"], False), (["install"], False), (["demo", "--help"], False)])
def test_it_knows_what_opens_a_window(house: ModuleType, words: list[str], window: bool) -> None:
    assert house.opens_window(words) is window


def test_missing_libraries_are_named_as_packages(house: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "loads", lambda name: name != "libEGL.so.1")
    assert house.missing_packages()[0] == "libegl1"
    monkeypatch.setattr(house, "apt_get", lambda: None)
    monkeypatch.setattr(house.sys, "platform", "linux")
    with pytest.raises(house.Trouble, match=r"libEGL\.so\.1.*libegl1"):
        house.need_system(True, "demo")


def test_without_change_nothing_is_installed(house: ModuleType, tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(house, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(house, "run", lambda command: ran.append(command) or 0)
    monkeypatch.setattr(house, "python", lambda: sys.executable)
    house.install()
    assert any("requirements.lock" in " ".join(command) for command in ran)
    ran.clear()
    house.install()
    assert ran == []
    (tmp_path / "stamp").write_text("of another lock")
    house.install()
    assert ran


def test_no_screen_is_said_plainly(house: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                   capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(house.sys, "platform", "linux")
    ran: list[list[str]] = []
    monkeypatch.setattr(house, "run", lambda command: ran.append(command) or 0)
    assert not house.has_screen()
    assert house.without_screen(["demo"]) == 1
    assert ran[0][-2:] == ["demo", "--no-window"]
    assert "xvfb-run" in capsys.readouterr().err


def test_the_readme_says_the_two_commands_and_its_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npython3 run.py\n" in text
    assert "\npython3 run.py test\n" in text
    for name in ("README.md", "docs/README.md"):
        page = ROOT / name
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (name, link)


def test_pictures_are_small() -> None:
    assert {path.name for path in (ROOT / "docs" / "images").glob("*") if path.stat().st_size > 300_000} == set()


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_check_of_everything_can_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
