"""The examples run, and docs/embedding.md tells what is there."""

import re

import pytest
from fastapi.testclient import TestClient

from advisor.channels.web.problems import CODES
from advisor.channels.web.settings import Settings
from tests.web.live import ROOT

DOCUMENT = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
WIDGET = ROOT / "src/advisor/channels/web/static/widget"


def test_the_fastapi_example_mounts_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page, the widget and the service stand where the page expects them."""
    monkeypatch.setenv("ADVISOR_KEYS", "a key for tests")
    from examples.fastapi_app import app

    client = TestClient(app)
    assert "/advisor/widget.js" in client.get("/").text
    (module,) = re.findall(r'"\./(widget/\w+/element\.js)"', client.get("/advisor/widget.js").text)
    assert client.get(f"/advisor/{module}").status_code == 200
    answer = client.post("/advisor/v1/ask", json={"text": "What does it cost in Leiden?"}).json()
    assert "2,601" in answer["text"]
    page = client.get(
        f"/advisor/v1/documents/{answer['citations'][0]['document']}", headers={"accept": "text/html"}
    )
    (styles,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    assert client.get(styles).status_code == 200


def test_the_flask_example_holds_a_conversation() -> None:
    """Two turns through its form."""
    from examples.flask_app import app

    client = app.test_client()
    first = client.post("/", data={"question": "What does it cost in Leiden?", "state": ""}).text
    assert "2,601" in first
    (state,) = re.findall(r'name="state" value="([^"]*)"', first)
    second = client.post("/", data={"question": "and in Leuven?", "state": state.replace("&#34;", '"')}).text
    assert "Leuven" in second


def test_every_attribute_property_and_event_is_documented() -> None:
    """What the widget reads and tells is in the document, and nothing else is claimed."""
    source = "".join(path.read_text(encoding="utf-8") for path in WIDGET.glob("*.js"))
    attributes = set(re.findall(r'getAttribute\("([\w-]+)"\)', source)) | {"placement", "theme", "lang"}
    properties = set(re.findall(r"--advisor-[\w-]+", source))
    documented = set(re.findall(r"^\| `([^`]+)` \|", DOCUMENT, re.MULTILINE))
    assert attributes <= documented
    assert properties == {name for name in documented if name.startswith("--advisor-")}
    assert {f"advisor-{n}" for n in ("open", "close", "question", "reply", "error")} <= documented


def test_every_setting_and_code_is_documented() -> None:
    """A reader finds each setting of `create_app`, and each problem code."""
    assert [name for name in Settings.model_fields if f"`{name}`" not in DOCUMENT] == []
    assert [code for code in CODES if f"`{code}`" not in DOCUMENT] == []
