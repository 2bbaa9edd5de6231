"""A conversation travels signed: what was not issued here, for these pages, lately, is not gone on with."""

import base64
import json
import warnings

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor, DialogueState
from advisor.channels.web.conversation import ConversationSeal
from advisor.channels.web.problems import ServiceProblem
from advisor.web import Settings, create_app
from tests.web.live import KEYS

DAY = 86_400.0
FINGERPRINT = "0123"


def seal(*keys: str, length: int = 16_384, at: float = 0.0) -> ConversationSeal:
    return ConversationSeal(keys, length, 7, lambda: at)


def refused(token: str, advisor: Advisor, by: ConversationSeal, fingerprint: str = FINGERPRINT) -> str:
    with pytest.raises(ServiceProblem) as caught:
        by.open(token, advisor, fingerprint)
    return caught.value.code


def test_a_state_comes_back_whole(shipped: Advisor) -> None:
    """Sealing and opening gives the same state."""
    chat = shipped.start("nl")
    for text in ("Wat kost het in Leiden?", "en in Leuven?", "vergelijk ze"):
        chat.ask(text)
        token = seal("k").seal(chat.state, FINGERPRINT)
        assert chat.state == seal("k").open(token, shipped, FINGERPRINT)


def test_keys_rotate(shipped: Advisor) -> None:
    """The newest key signs, older ones still open, a dropped one does not."""
    old = seal("old").seal(DialogueState(turns=3), FINGERPRINT)
    new = seal("new", "old").seal(DialogueState(turns=3), FINGERPRINT)
    assert seal("new", "old").open(old, shipped, FINGERPRINT).turns == 3
    assert seal("new").open(new, shipped, FINGERPRINT).turns == 3
    assert refused(old, shipped, seal("new")) == "state-invalid"


def test_a_token_grows_old(shipped: Advisor) -> None:
    """A week is fine, eight days are not."""
    token = seal("k", at=0).seal(DialogueState(), FINGERPRINT)
    assert seal("k", at=7 * DAY).open(token, shipped, FINGERPRINT) == DialogueState()
    assert refused(token, shipped, seal("k", at=8 * DAY)) == "state-expired"


def test_a_token_belongs_to_its_pages(shipped: Advisor) -> None:
    """Other pages, another conversation."""
    token = seal("k").seal(DialogueState(), FINGERPRINT)
    assert refused(token, shipped, seal("k"), "other") == "state-other-corpus"


@pytest.mark.parametrize("token", ["", ".", "x.y", "é", "\x00", "a" * 20_000, "🙂.🙂"])
def test_what_was_not_issued_is_refused(shipped: Advisor, token: str) -> None:
    """No text is taken for a token by accident, nor breaks the reading."""
    assert refused(token, shipped, seal("k")) == "state-invalid"


def test_a_changed_token_is_refused(shipped: Advisor) -> None:
    """A payload with a signature of another does not pass."""
    payload, _, signature = seal("k").seal(DialogueState(turns=1), FINGERPRINT).rpartition(".")
    decoded = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    decoded["s"]["turns"] = 2
    forged = base64.urlsafe_b64encode(json.dumps(decoded).encode()).decode().rstrip("=")
    assert refused(f"{forged}.{signature}", shipped, seal("k")) == "state-invalid"


def test_a_token_stays_within_its_bound(shipped: Advisor) -> None:
    """A state too long for the token forgets what was shown before what is talked about."""
    noise = tuple(f"{n * 7919:x}" for n in range(20_000))
    state = DialogueState(turns=9, language="nl", programmes=("leiden-biomedical-sciences",), shown=noise)
    tight = seal("k", length=1_024)
    token = tight.seal(state, FINGERPRINT)
    assert len(token) <= 1_024
    opened = tight.open(token, shipped, FINGERPRINT)
    assert (opened.turns, opened.language, opened.programmes) == (9, "nl", state.programmes)


def test_a_long_conversation_goes_on(client: TestClient) -> None:
    """Fifty turns with the longest text that is taken keep the token within its bound."""
    state = None
    for turn in range(50):
        text = ("What does it cost in Leiden? " if turn % 2 else "Compare everything. ") * 60
        body = {"text": text[:2_000]} | ({"state": state} if state else {})
        response = client.post("/v1/ask", json=body)
        assert response.status_code == 200
        state = response.json()["state"]
        assert len(state) <= 16_384


def test_without_keys_a_random_one_is_told(shipped: Advisor) -> None:
    """A service without keys works, and warns that its conversations end with it."""
    with pytest.warns(UserWarning, match="ADVISOR_KEYS"):
        app = create_app(Settings(), advisor=shipped)
    with warnings.catch_warnings():
        answer = TestClient(app).post("/v1/ask", json={"text": "hello"}).json()
        other = TestClient(create_app(Settings(keys=KEYS), advisor=shipped))
        response = other.post("/v1/ask", json={"text": "hello", "state": answer["state"]})
    assert (response.status_code, response.json()["code"]) == (400, "state-invalid")
