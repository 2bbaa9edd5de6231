"""The conversation as a signed token, so that the service remembers nothing."""

import secrets
import time
import warnings
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, BadSignature, URLSafeSerializer

from advisor import Advisor, DialogueState, StateError
from advisor.channels.web.problems import ServiceProblem

VERSION = 1
_DAY = 86_400


class ConversationSeal:
    """Turns a dialogue state into a signed token and back.

    A token carries its version, the day it was issued and the fingerprint of the pages it
    speaks of. It is signed, not encrypted: it holds only what the student said and was told.
    """

    def __init__(
        self, keys: Sequence[str], max_length: int, max_days: int, clock: Callable[[], float] = time.time
    ) -> None:
        if not keys:
            warnings.warn(
                "no ADVISOR_KEYS: conversations are signed with a random key and end with this process",
                stacklevel=2,
            )
            keys = (secrets.token_urlsafe(32),)
        self._max_length = max_length
        self._max_days = max_days
        self._clock = clock
        self._serializer = URLSafeSerializer(
            list(reversed(keys)),
            salt="programme-advisor.conversation",
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def seal(self, state: DialogueState, fingerprint: str) -> str:
        """Return the token of a state; what a longer one would hold is forgotten, oldest first."""
        for shortened in (state, _without_record(state), _bare(state)):
            token = self._sign(shortened, fingerprint)
            if len(token) <= self._max_length:
                break
        return token

    def _sign(self, state: DialogueState, fingerprint: str) -> str:
        payload = {
            "v": VERSION,
            "d": int(self._clock() // _DAY),
            "c": fingerprint,
            "s": state.model_dump(mode="json", exclude_defaults=True),
        }
        return str(self._serializer.dumps(payload))

    def open(self, token: str, advisor: Advisor, fingerprint: str) -> DialogueState:
        """Return the state in a token; raises ServiceProblem for one that cannot be gone on with."""
        payload = self._payload(token)
        age = self._clock() // _DAY - payload["d"]
        if age > self._max_days:
            raise ServiceProblem("state-expired", f"issued {age:.0f} days ago; start anew, without a state")
        if payload["c"] != fingerprint:
            raise ServiceProblem("state-other-corpus", "the pages have changed; start anew, without a state")
        try:
            return advisor.resume(payload["s"]).state
        except StateError as error:
            raise ServiceProblem("state-invalid", f"{error}; start anew, without a state") from error

    def _payload(self, token: str) -> dict[str, Any]:
        if len(token) > self._max_length:
            raise ServiceProblem("state-invalid", "longer than any that this service issues")
        try:
            payload: dict[str, Any] = self._serializer.loads(token)
        except (BadSignature, BadData, UnicodeError) as error:
            raise ServiceProblem("state-invalid", "the signature does not fit") from error
        if payload["v"] != VERSION:
            raise ServiceProblem("state-invalid", f"version {payload['v']}; this service reads {VERSION}")
        return payload


def _without_record(state: DialogueState) -> DialogueState:
    return state.model_copy(update={"shown": (), "asked": ()})


def _bare(state: DialogueState) -> DialogueState:
    return DialogueState(
        fixed_language=state.fixed_language,
        language=state.language,
        turns=state.turns,
        programmes=state.programmes,
    )
