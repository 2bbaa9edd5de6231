"""What the chat writes on request: transcript, question file, feedback."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from advisor.channels.personal import is_personal
from advisor.channels.repl.commands import by_id
from advisor.channels.repl.files import append_private, write_whole
from advisor.channels.repl.strings import say, turns
from advisor.channels.repl.talk import Talk
from advisor.channels.repl.transcript import markdown, question_file

Confirm = Callable[[str], bool]


class Keeper:
    """Writes files where the student says; asks before it overwrites one."""

    def __init__(self, confirm: Confirm, feedback_path: Path, today: Callable[[], date] = date.today) -> None:
        self._confirm = confirm
        self._feedback_path = feedback_path
        self._today = today

    def save(self, talk: Talk, name: str) -> list[str]:
        """Write the conversation as a Markdown transcript; returns what to tell."""
        return self._write(talk, name, "save", ".md", markdown(talk.turns, talk.language, self._today()))

    def record(self, talk: Talk, name: str) -> list[str]:
        """Write the conversation as a question file; returns what to tell."""
        notes = [f"{step} was typed, which the questions alone do not say." for step in talk.steps]
        return self._write(talk, name, "record", ".qa.yaml", question_file(talk.turns, notes))

    def _write(self, talk: Talk, name: str, command: str, ending: str, text: str) -> list[str]:
        language = talk.language
        if not talk.turns:
            return [say("turns.none", language)]
        if not name:
            example = f"{by_id(command).shown(language)} advice-{self._today().isoformat()}{ending}"
            return [say("file.none", language, example=example)]
        path = Path(name).expanduser()
        try:
            if path.exists() and not self._confirm(say("file.overwrite", language, path=path)):
                return [say("file.kept", language, path=path)]
            write_whole(path, text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return [say("file.failed", language, path=path, reason=reason)]
        return [say(f"{command}.done", language, turns=turns(len(talk.turns), language), path=path)]

    def feedback(self, talk: Talk, text: str) -> list[str]:
        """Note what the student thinks of the last reply, on this computer alone; returns what to tell."""
        language = talk.language
        if not talk.turns or not text:
            return [say("feedback.how" if talk.turns else "why.none", language)]
        turn = talk.turns[-1]
        if is_personal(text) or is_personal(turn.question):
            return [say("feedback.personal", language)]
        note = {
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "feedback": text,
            "question": turn.question,
            "reply": turn.reply.model_dump(mode="json"),
        }
        path = self._feedback_path
        try:
            append_private(path, json.dumps(note, ensure_ascii=False))
        except OSError as error:
            return [say("file.failed", language, path=path, reason=error.strerror or str(error))]
        return [say("feedback.done", language, path=path)]
