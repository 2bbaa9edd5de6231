"""Whom the cases are put to: the adviser in this process, or a running service."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from advisor import Advisor, Conversation, Reply

SECONDS = 30.0
TOO_MANY = 429
MOST_WAITS = 5


class Talk(Protocol):
    """A conversation under way."""

    def ask(self, text: str) -> Reply:
        """Return the reply to the next question."""
        ...

    def why(self) -> tuple[str, ...]:
        """Return how the last reply came about, line by line."""
        ...

    def held(self) -> dict[str, str] | None:
        """Return what the conversation is about now, slot by slot, or None where that is not told."""
        ...


class Adviser(Protocol):
    """Starts conversations."""

    def talk(self, corpus: Sequence[str] = ()) -> Talk:
        """Return a fresh conversation about the pages named, or about those of the command."""
        ...


class LocalTalk:
    """A conversation in this process."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._chat: Conversation = advisor.start()

    def ask(self, text: str) -> Reply:
        """Return the reply to the next question."""
        return self._chat.ask(text)

    def why(self) -> tuple[str, ...]:
        """Return the conversation's own explanation of its last turn."""
        explain = getattr(self._chat, "explain", None)
        record = explain() if explain is not None else None
        lines = getattr(record, "lines", None)
        return tuple(str(line) for line in lines()) if lines is not None else ()

    def held(self) -> dict[str, str] | None:
        """Return what the conversation is about now."""
        state = self._chat.state
        pages = [self._advisor.document(name) for name in state.programmes]
        said = [(d.id, d.title, d.institution or "") for d in pages]
        return {
            "programme": " ".join(word for page in said for word in page),
            "specialisation": " ".join(name for _, name in state.specialisations),
            "topic": (state.query.topic if state.query else None) or "",
            "language": state.language or "",
        }


class LocalAdviser:
    """Advisers in this process: one for the command's pages, one for each corpus that a file names."""

    def __init__(self, corpus: Sequence[str] | None = None, intents: str | Path | None = None) -> None:
        self._corpus = list(corpus) if corpus else None
        self._intents = intents
        self._loaded: dict[tuple[str, ...], Advisor] = {}

    def advisor(self, corpus: Sequence[str] = ()) -> Advisor:
        """Return the adviser for a corpus; a corpus given with the command beats that of a file."""
        key = () if self._corpus else tuple(corpus)
        if key not in self._loaded:
            self._loaded[key] = Advisor.load(self._corpus or list(key) or None, self._intents)
        return self._loaded[key]

    def talk(self, corpus: Sequence[str] = ()) -> Talk:
        """Return a fresh conversation."""
        return LocalTalk(self.advisor(corpus))


class GivenAdviser:
    """An adviser that is there already, for pages changed in memory."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor

    def talk(self, corpus: Sequence[str] = ()) -> Talk:
        """Return a fresh conversation, whatever corpus is named."""
        del corpus
        return LocalTalk(self._advisor)


class ServiceError(Exception):
    """A service that does not answer as it should."""


def _waiting(error: urllib.error.HTTPError) -> float:
    """Return how many seconds a service asks to wait."""
    said = error.headers.get("Retry-After", "")
    return min(float(said), SECONDS) if said.isdigit() else 1.0


class RemoteTalk:
    """A conversation with a running service; its state travels as the token that the service gives."""

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        self._address = address
        self._seconds = seconds
        self._state: object = None

    def ask(self, text: str) -> Reply:
        """Return the service's reply; raises ServiceError with what went wrong."""
        body: dict[str, object] = {"text": text}
        if self._state is not None:
            body["state"] = self._state
        fields = self._post(body)
        self._state = fields.get("state")
        return Reply.model_validate({k: v for k, v in fields.items() if k in Reply.model_fields})

    def _post(self, body: dict[str, object]) -> dict[str, object]:
        request = urllib.request.Request(
            self._address,
            data=json.dumps(body).encode("utf-8"),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        for _ in range(MOST_WAITS):
            try:
                with urllib.request.urlopen(request, timeout=self._seconds) as response:
                    fields = json.load(response)
                break
            except urllib.error.HTTPError as error:
                if error.code != TOO_MANY:
                    detail = error.read(500).decode("utf-8", "replace")
                    raise ServiceError(f"{self._address} answered {error.code}: {detail}") from error
                time.sleep(_waiting(error))
            except (OSError, ValueError) as error:
                raise ServiceError(f"{self._address}: {error}") from error
        else:
            raise ServiceError(f"{self._address} is asked too much; try fewer --jobs")
        if not isinstance(fields, dict):
            raise ServiceError(f"{self._address} answered something that is no reply")
        return fields

    def why(self) -> tuple[str, ...]:
        """Return nothing: a service does not tell."""
        return ()

    def held(self) -> dict[str, str] | None:
        """Return None: the state travels sealed."""
        return None


class RemoteAdviser:
    """A running service, by its address."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"expected an address that starts with http:// or https://, got {url!r}")
        self._address = url.rstrip("/") + "/v1/ask"
        self._seconds = seconds

    def talk(self, corpus: Sequence[str] = ()) -> Talk:
        """Return a fresh conversation; the service has its own pages."""
        del corpus
        return RemoteTalk(self._address, self._seconds)
