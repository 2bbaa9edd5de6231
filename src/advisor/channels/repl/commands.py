"""A typed line: a command, or a question."""

from dataclasses import dataclass
from difflib import get_close_matches

from advisor.channels.repl.strings import CommandName, command_names


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its id, with what was typed behind it."""

    id: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A line that starts as a command and is none; `near` is the id of the nearest one."""

    typed: str
    near: str | None


def read(line: str) -> Command | UnknownCommand | None:
    """Return the command that a line is; None where it is a question."""
    text = line.strip()
    bare = text.casefold().rstrip("!. ")
    for command in command_names():
        if bare in command.bare:
            return Command(command.id)
    if not text.startswith("/"):
        return None
    typed, _, argument = text[1:].partition(" ")
    found = _named(typed.casefold())
    if found is not None:
        return Command(found.id, argument.strip())
    return UnknownCommand("/" + typed, _nearest(typed.casefold()))


def _named(name: str) -> CommandName | None:
    return next((c for c in command_names() if any(name in names for names in c.names.values())), None)


def _nearest(name: str) -> str | None:
    """Return the id of the command whose name begins so, or looks most like it."""
    ids = {own: c.id for c in command_names() for names in c.names.values() for own in names}
    begun = [own for own in ids if name and own.startswith(name)]
    near = begun or get_close_matches(name, ids, n=1, cutoff=0.5)
    return ids[near[0]] if near else None


def by_id(identifier: str) -> CommandName:
    """Return the command of that id; raises StopIteration when there is none."""
    return next(c for c in command_names() if c.id == identifier)
