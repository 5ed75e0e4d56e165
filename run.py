"""Installs what Narratief needs, in this folder, and runs it.

    python3 run.py                      the window, with the sample study
    python3 run.py test [WORDS]         the tests (further words go to pytest)
    python3 run.py narratief WORDS      the program with these words (so does any other word)
    python3 run.py install              install only

On Windows: `py run.py`. Only Python itself is needed to start with, and nothing is installed outside this folder but
the system libraries that Qt and Python ask for on Debian and Ubuntu (with apt-get, when that is allowed; else the
command to type is shown). The syntax here is plain so that an old Python can still say that it is too old.
"""

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
STAMP = VENV / "narratief.stamp"
OLDEST = (3, 11)
NEWER = ("3.13", "3.12", "3.11")

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6", "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0", "libX11.so.6": "libx11-6",
}
"""Without these Qt cannot be loaded at all: library -> Debian package."""

SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-randr.so.0": "libxcb-randr0", "libxcb-shape.so.0": "libxcb-shape0", "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""Without these Qt cannot open a window on an X11 screen."""


class Trouble(Exception):
    """What stands in the way, and what to do about it."""


def main(words):
    """Install what is missing, run what is asked; returns the exit code."""
    try:
        newer = newer_python()
        if newer:
            return run([*newer, str(HERE / "run.py"), *words])
        return start(words)
    except Trouble as trouble:
        say(str(trouble))
    except OSError as error:
        say(f"{error.filename or 'A file'} could not be read or written: {error.strerror}.")
    except KeyboardInterrupt:
        say("Stopped.")
    return 1


def start(words):
    """The work itself, with a Python that is new enough."""
    wish = words[0] if words else "demo"
    window = opens_window(words)
    need_system(window, wish)
    install()
    if wish == "install":
        say("All is installed. `python3 run.py` opens the window.")
        return 0
    if wish == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return run([python(), "-m", "pytest", *test_words(words[1:])])
    rest = words[1:] if wish == "narratief" else words or ["demo"]
    if window and not has_screen():
        return without_screen(rest)
    return run([python(), "-P", "-m", "workbench", *rest])


def opens_window(words):
    """Whether these words open a window: none, `demo` without `--no-window`, a project alone."""
    rest = words[1:] if words[:1] == ["narratief"] else words
    if not rest or rest[0] == "demo":
        return not {"--no-window", "-h", "--help"} & set(rest)
    return len(rest) == 1 and (rest[0].endswith(".narratief") or "://" in rest[0])


def test_words(words):
    """The words for pytest: the whole suite uses two processes unless told otherwise."""
    return list(words) if words else ["-n", "2", "--dist", "loadfile"]


# The Python to work with


def newer_python():
    """The command of a Python that is new enough, when this one is too old; None when this one will do."""
    if sys.version_info >= OLDEST:
        return None
    for version in NEWER:
        command = ["py", "-" + version] if os.name == "nt" else ["python" + version]
        if shutil.which(command[0]) and succeeds([*command, "-c", ""]):
            return command
    raise Trouble(
        "Narratief needs Python 3.11 or newer; this is Python {}.{}. Install it from https://www.python.org/downloads/ "
        "(Debian 12 and Ubuntu: apt-get install python3.11 python3.11-venv) and run this again.".format(
            *sys.version_info[:2]))


def python():
    """The Python of the environment in this folder."""
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def install():
    """Make the environment and install the locked versions; at once ready when nothing changed."""
    mark = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == mark and Path(python()).exists():
        return
    say(f"Installing Narratief in {VENV} (once; some minutes, about 1 GB) …")
    make_environment()
    pip("-r", str(LOCK))
    pip("--no-deps", "--no-build-isolation", "-e", str(HERE))
    STAMP.write_text(mark)


def fingerprint():
    """Changes when something else must be installed."""
    found = hashlib.sha256(repr((sys.version_info[:2], str(HERE))).encode())
    for path in (LOCK, HERE / "pyproject.toml"):
        found.update(path.read_bytes())
    return found.hexdigest()


def make_environment():
    """A fresh `.venv` with pip, unless a sound one of this Python stands there."""
    same = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])!r})"
    if Path(python()).exists() and succeeds([python(), "-c", same]):
        return
    if importlib.util.find_spec("ensurepip"):
        run_or_stop([sys.executable, "-m", "venv", "--clear", str(VENV)],
                    "Python could not make an environment in this folder.")
    elif shutil.which("uv"):
        run_or_stop(["uv", "venv", "--seed", "--clear", "--python", sys.executable, str(VENV)],
                    "uv could not make an environment in this folder.")
    else:
        raise Trouble("This Python has no `venv` with pip, and it could not be installed. On Debian and Ubuntu an "
                      f"administrator types: apt-get install -y {venv_package()}; without one, put uv on your PATH "
                      "(https://docs.astral.sh/uv) and run this again.")


def pip(*words):
    """Install with the environment's own pip, in its usual settings (index, proxy)."""
    quiet = [] if sys.stdout.isatty() else ["-q"]
    run_or_stop([python(), "-m", "pip", "install", "--disable-pip-version-check", "--use-pep517", *quiet, *words],
                "The packages could not be installed. Is there a connection to the internet (or to your own "
                "package index)? Run this again to go on where it stopped.")


# The system's libraries


def need_system(window, wish):
    """See that Linux has what Qt and `venv` need; install it when that is allowed."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages()
    if missing:
        apt_install(missing)
        importlib.invalidate_caches()
    hopeless = [name for name in QT_LIBRARIES if not loads(name)]
    if window and os.environ.get("DISPLAY"):
        hopeless += [name for name in SCREEN_LIBRARIES if not loads(name)]
    if hopeless and (window or wish == "test"):
        raise Trouble("Qt cannot work without these libraries: {}. {}".format(", ".join(hopeless), remedy(missing)))


def missing_packages():
    """Debian packages that are not there."""
    known = dict(QT_LIBRARIES, **SCREEN_LIBRARIES)
    found = [package for name, package in known.items() if not loads(name)]
    if found and not any(Path("/usr/share/fonts").glob("**/*.ttf")):
        found.append("fonts-dejavu-core")
    if not importlib.util.find_spec("ensurepip") and not Path(python()).exists():
        found.append(venv_package())
    return found


def venv_package():
    """Debian's package with `ensurepip` for this Python."""
    return "python{}.{}-venv".format(*sys.version_info[:2])


def loads(name):
    """Whether a shared library is there."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def apt_install(packages):
    """Install Debian packages as root or with a sudo that asks no password; else say what to type."""
    apt = apt_get()
    if apt is None:
        say("Missing from this system: {}. {}".format(", ".join(packages), remedy(packages)))
        return
    say("Installing system libraries: {} …".format(" ".join(packages)))
    quiet = {"stdout": subprocess.DEVNULL}
    subprocess.run([*apt, "update", "-q"], **quiet)
    done = subprocess.run([*apt, "install", "-y", "-q", "--no-install-recommends", *packages], **quiet)
    if done.returncode:
        say(f"apt-get could not install them. {remedy(packages)}")


def apt_get():
    """The way to call apt-get without a password, or None."""
    if not shutil.which("apt-get"):
        return None
    words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return words
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n", *words]
    return None


def remedy(packages):
    """What an administrator types to get these packages."""
    if shutil.which("apt-get"):
        return "An administrator types: sudo apt-get install -y {}".format(" ".join(packages))
    return "Install the packages of your system that hold them (on Debian: {}).".format(" ".join(packages))


# The screen


def has_screen():
    """Whether a window can be shown; Windows and macOS always have a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def without_screen(words):
    """No screen: make the sample study all the same, and say how a window can be had."""
    if words[:1] == ["demo"] and run([python(), "-P", "-m", "workbench", *words, "--no-window"]):
        return 1
    say("Narratief is installed, but there is no screen here (DISPLAY and WAYLAND_DISPLAY are empty), so no window was "
        "opened. On a virtual screen: xvfb-run -a python3 run.py (Debian's package xvfb); without any: "
        "QT_QPA_PLATFORM=offscreen python3 run.py. All commands work without a screen: python3 run.py narratief --help")
    return 1


# Calling others


def run(command):
    """Run a command in sight of the user; returns its exit code."""
    return subprocess.run(command).returncode


def run_or_stop(command, else_say):
    """Run a command that must succeed."""
    if run(command):
        raise Trouble(else_say)


def succeeds(command):
    """Whether a command ends well; what it says is thrown away."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def say(text):
    """A line for the user."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
