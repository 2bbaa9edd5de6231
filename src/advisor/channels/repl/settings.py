"""How the chat looks and behaves: built-in values, then the file of settings, then options."""

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from advisor.channels.journal import DAYS, Journal
from advisor.channels.repl.files import settings_folder, state_folder
from advisor.errors import ContentError, Problem

ALLOWED: Mapping[str, tuple[object, ...]] = {
    "keys": ("emacs", "vi"),
    "color": ("auto", "always", "never"),
    "toolbar": (True, False),
    "suggest": (True, False),
    "plain": (True, False),
}
# Settings that are a place on the disk; in the file, beside it.
PLACES = {"history", "journal"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set; `history` is a path, or False for none, `journal` a folder for kept questions."""

    keys: str = "emacs"
    color: str = "auto"
    toolbar: bool = True
    suggest: bool = True
    plain: bool = False
    history: Path | bool = True
    journal: Path | None = None
    journal_days: int = DAYS

    @property
    def history_path(self) -> Path | None:
        """Where the history is kept; None where it is not."""
        if isinstance(self.history, Path):
            return self.history
        return state_folder() / "history" if self.history else None

    def opened_journal(self) -> Journal | None:
        """Return the journal of questions; None where none is kept. Raises ContentError where none can be."""
        return Journal(self.journal, self.journal_days) if self.journal else None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the chat; what is not given stays None and leaves the file of settings its say."""
    group = parser.add_argument_group("on a terminal", f"also as `name: value` in {settings_path()}")
    group.add_argument(
        "--color", choices=ALLOWED["color"], help="colour (default: auto; NO_COLOR turns it off)"
    )
    group.add_argument(
        "--plain",
        action="store_true",
        default=None,
        help="for screen readers: no colour, boxes, menus or toolbar",
    )
    group.add_argument("--keys", choices=ALLOWED["keys"], help="keys of the input line (default: emacs)")
    group.add_argument(
        "--toolbar", action=argparse.BooleanOptionalAction, default=None, help="the line at the bottom"
    )
    group.add_argument(
        "--suggest",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="grey suggestions from the history",
    )
    group.add_argument("--history", metavar="PATH", dest="history_place", help="the file of the history")
    group.add_argument("--no-history", action="store_true", help="keep no history, and read none")
    kept = parser.add_argument_group("for editors of the pages", "off unless asked for; see `advisor gaps`")
    kept.add_argument(
        "--journal",
        type=Path,
        metavar="FOLDER",
        help="keep the questions asked, redacted (default: keep none)",
    )
    kept.add_argument("--journal-days", type=_days, metavar="DAYS", help=f"for how long (default: {DAYS})")


def _days(text: str) -> int:
    days = int(text)
    if days < 1:
        raise ValueError("at least a day")
    return days


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the file of settings: ADVISOR_SETTINGS, or chat.yaml in the user's folder of settings."""
    given = environment.get("ADVISOR_SETTINGS")
    return Path(given) if given else settings_folder(environment) / "chat.yaml"


def settings(options: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that hold; raises ContentError that names each mistake in the file."""
    chosen = from_file(settings_path(environment))
    given = {f.name: getattr(options, f.name, None) for f in fields(Settings) if f.name != "history"}
    chosen = replace(chosen, **{name: value for name, value in given.items() if value is not None})
    if options.no_history:
        return replace(chosen, history=False)
    return replace(chosen, history=Path(options.history_place)) if options.history_place else chosen


def from_file(path: Path) -> Settings:
    """Return what a file of settings says; the built-in settings where there is no file."""
    if not path.is_file():
        return Settings()
    import yaml

    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        what = getattr(error, "problem", None) or str(error)
        raise ContentError([Problem(str(path), None if line is None else line + 1, what)]) from error
    if not isinstance(data, dict):
        raise ContentError([Problem(str(path), 1, "must be lines of the form `name: value`")])
    problems = [Problem(str(path), _line_of(path, name), wrong) for name, wrong in _mistakes(data)]
    if problems:
        raise ContentError(problems)
    for name in PLACES & data.keys():
        if isinstance(data[name], str):
            data[name] = path.parent / Path(data[name]).expanduser()
    return replace(Settings(), **data)


def _mistakes(data: Mapping[Any, Any]) -> list[tuple[object, str]]:
    known = [f.name for f in fields(Settings)]
    found: list[tuple[object, str]] = []
    for name, value in data.items():
        allowed = ALLOWED.get(name)
        if allowed is not None and not any(
            value is a or (value == a and isinstance(value, str)) for a in allowed
        ):
            names = ", ".join(str(a).lower() if isinstance(a, bool) else str(a) for a in allowed)
            found.append((name, f"{name} takes {names}, not {value!r}"))
        elif name == "history" and not isinstance(value, bool | str):
            found.append((name, f"history takes a path, true or false, not {value!r}"))
        elif name == "journal" and not isinstance(value, str):
            found.append((name, f"journal takes the path of a folder, not {value!r}"))
        elif name == "journal_days" and (type(value) is not int or value < 1):
            found.append((name, f"journal_days takes a number of days, not {value!r}"))
        elif allowed is None and name not in known:
            found.append((name, f"unknown setting {name!r}; known are {', '.join(known)}"))
    return found


def _line_of(path: Path, name: object) -> int | None:
    lines = path.read_text("utf-8").splitlines()
    return next((n for n, own in enumerate(lines, 1) if own.lstrip("\"' {").startswith(str(name))), None)
