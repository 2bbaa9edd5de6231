"""An address names nodes and an index, and nothing secret; what does not answer is told in time."""

import socket
import sys
import time

import pytest

from advisor import Advisor, IndexProblem, IndexUnavailable, MissingExtra
from advisor.channels.cli import main
from advisor.index.connection import read_address
from tests.cluster.server import free_ports

SOON = 2.0


def test_an_address_names_several_nodes() -> None:
    """Ports may be left out; the form is kept."""
    address = read_address("https://one.example,two.example:9201,[::1]:9202/programmes")
    assert address.nodes == (("one.example", 9200), ("two.example", 9201), ("::1", 9202))
    assert (address.is_secure, address.name) == (True, "programmes")
    assert read_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    ["https://one.example", "https:///name", "https://one.example/Name", "https://one.example:x/name",
     "https://one.example/a/b", "https://one.example/_all", "https://,/name"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """The error shows the form."""
    with pytest.raises(IndexProblem, match="https://HOST:9200/NAME"):
        read_address(text)


def test_secrets_are_no_part_of_an_address() -> None:
    """They would stand in logs and process lists; the error does not repeat them."""
    with pytest.raises(IndexProblem, match="ADVISOR_OPENSEARCH_PASSWORD") as told:
        read_address("https://me:hidden@one.example/name")
    assert "hidden" not in str(told.value)


def test_without_tls_only_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another machine takes https, unless one says that the way there is safe."""
    assert not read_address("http://localhost:9200/name").is_secure
    with pytest.raises(IndexProblem, match="use https"):
        read_address("http://127.0.0.1,one.example/name")
    monkeypatch.setenv("ADVISOR_OPENSEARCH_HTTP", "1")
    assert read_address("http://one.example/name").nodes == (("one.example", 9200),)


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but an index in a cluster needs it."""
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(MissingExtra, match=r"programme-advisor\[cluster\]"):
        Advisor.load(index="http://127.0.0.1:9200/name")


def test_where_nothing_listens_the_error_comes_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says so and fails; so does one that is told by its environment."""
    pytest.importorskip("opensearchpy", reason="the extra cluster is not installed")
    address = f"http://127.0.0.1:{free_ports(1)[0]}/name"
    with pytest.raises(IndexUnavailable, match="does not answer"):
        Advisor.load(index=address)
    assert main(["ask", "--index", address, "What does it cost?"]) == 1
    assert "is it running?" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", [None, "0.6"])
def test_a_silent_cluster_is_told_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch, seconds: str | None
) -> None:
    """Both nodes take the connection and never answer; those who ask next need not wait at all."""
    pytest.importorskip("opensearchpy", reason="the extra cluster is not installed")
    from advisor.index.connection import Connection

    if seconds:
        monkeypatch.setenv("ADVISOR_OPENSEARCH_SECONDS", seconds)
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        ports = [s.getsockname()[1] for s in (one, two)]
        connection = Connection(read_address(f"http://127.0.0.1:{ports[0]},127.0.0.1:{ports[1]}/name"))
        began = time.monotonic()
        with pytest.raises(IndexUnavailable):
            connection.ask("POST", "/name/_search", {})
        assert time.monotonic() - began < (float(seconds) + 0.2 if seconds else SOON)
        began = time.monotonic()
        with pytest.raises(IndexUnavailable):
            connection.ask("POST", "/name/_search", {})
        assert time.monotonic() - began < 0.1


@pytest.mark.parametrize(("name", "value"), [("SECONDS", "soon"), ("CA", "/nowhere/authority.pem")])
def test_a_broken_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Not as a traceback of the library below."""
    pytest.importorskip("opensearchpy", reason="the extra cluster is not installed")
    monkeypatch.setenv(f"ADVISOR_OPENSEARCH_{name}", value)
    with pytest.raises(IndexProblem, match=f"ADVISOR_OPENSEARCH_{name}"):
        Advisor.load(index="https://127.0.0.1:9200/name")


def test_pages_are_named_once() -> None:
    """An index has its own."""
    with pytest.raises(ValueError, match="corpus or an index"):
        Advisor.load("corpus", index="https://127.0.0.1:9200/name")
