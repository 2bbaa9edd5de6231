"""The widget is small, versioned, and speaks both languages alike."""

import gzip
import re
from typing import Any

from fastapi.testclient import TestClient

from advisor.channels.web.assets import STATIC, strings

BUDGET_BYTES = 25_000


def test_the_widget_fits_its_budget(client: TestClient) -> None:
    """All that a visitor loads is at most 25 kB, compressed."""
    entry = client.get("/widget.js").text
    (start,) = re.findall(r'"\./(widget/\w+/)element\.js"', entry)
    names = [path.name for path in (STATIC / "widget").glob("*.js")] + ["strings.js"]
    bodies = [client.get(f"/{start}{name}").content for name in names]
    assert sum(len(gzip.compress(body)) for body in bodies) + len(entry) <= BUDGET_BYTES


def test_every_import_is_served(client: TestClient) -> None:
    """The modules import only each other."""
    entry = client.get("/widget.js").text
    (start,) = re.findall(r'"\./(widget/\w+/)element\.js"', entry)
    names = {path.name for path in (STATIC / "widget").glob("*.js")} | {"strings.js"}
    for name in names:
        response = client.get(f"/{start}{name}")
        assert response.headers["content-type"].startswith("text/javascript")
        assert "immutable" in response.headers["cache-control"]
        assert set(re.findall(r'from "\./([\w.]+)"', response.text)) <= names


def test_a_module_of_another_version_is_not_pinned(client: TestClient) -> None:
    """A page that was loaded before an upgrade gets today's module, but does not keep it."""
    response = client.get("/widget/0000/element.js")
    assert response.status_code == 200
    assert "no-cache" in response.headers["cache-control"]


def test_an_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    """A browser that has the file is told so."""
    etag = client.get("/widget.js").headers["etag"]
    assert client.get("/widget.js", headers={"if-none-match": etag}).status_code == 304


def test_both_languages_say_the_same_things() -> None:
    """Each string, with its {places}, is there in every language."""

    def shape(data: Any) -> Any:
        if isinstance(data, dict):
            return {key: shape(value) for key, value in data.items()}
        return sorted(re.findall(r"\{(\w+)\}", data))

    shapes = [shape(words) for words in strings().values()]
    assert all(s == shapes[0] for s in shapes)


def test_the_widget_writes_no_markup() -> None:
    """No module hands text to an HTML parser or to the interpreter."""
    for path in (STATIC / "widget").glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style."):
            assert word not in source, f"{path.name}: {word}"
