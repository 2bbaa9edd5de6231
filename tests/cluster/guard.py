"""A gate in front of a node: real TLS, a name and password, and a record of all that is asked."""

import base64
import gzip
import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "reader", "an open secret"


class Asked(NamedTuple):
    """A request that came through."""

    method: str
    path: str
    body: str


class Gate:
    """What stands in front of a node.

    `asked` are the requests that came through; so many requests in bulk as `busy` says are refused for now.
    """

    def __init__(self, node: int, folder: Path) -> None:
        self.asked: list[Asked] = []
        self.busy = 0
        self.authority = folder / "authority.pem"
        _certify(self.authority, folder / "gate.pem")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, node))
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "gate.pem")
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = int(self.server.server_address[1])

    def address(self, name: str) -> str:
        """Return the address of an index behind the gate."""
        return f"https://127.0.0.1:{self.port}/{name}"


@contextmanager
def gate(node: int, folder: Path) -> Iterator[Gate]:
    """Keep a gate while a test needs it."""
    kept = Gate(node, folder)
    thread = threading.Thread(target=kept.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield kept
    finally:
        kept.server.shutdown()
        kept.server.server_close()
        thread.join()


def _handler(kept: Gate, node: int) -> type[BaseHTTPRequestHandler]:
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if self.headers.get("authorization") != expected:
                self._answer(401, b"{}", "application/json")
                return
            if kept.busy and self.path.endswith("/_bulk"):
                kept.busy -= 1
                self._answer(503, b"{}", "application/json")
                return
            is_packed = self.headers.get("content-encoding") == "gzip"
            text = (gzip.decompress(body) if is_packed else body).decode()
            kept.asked.append(Asked(self.command, self.path, text))
            headers = {
                name: value
                for name in ("content-type", "content-encoding")
                if (value := self.headers.get(name))
            }
            connection = http.client.HTTPConnection("127.0.0.1", node, timeout=60)
            try:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                self._answer(answer.status, answer.read(), answer.headers.get("content-type", ""))
            finally:
                connection.close()

        def _answer(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("content-type", media_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: object) -> None:
            del format, values

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on

    return Handler


def _certify(authority: Path, gate: Path) -> None:
    """Write the certificate of a new authority, and key and certificate of a server on 127.0.0.1."""
    now = datetime.now(UTC)
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of a test")])

    def builder(subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
        )

    signed = (
        builder(name, root.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root, hashes.SHA256())
    )
    authority.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    places = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    served = builder(subject, own.public_key()).add_extension(places, critical=False)
    key = own.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = served.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    gate.write_bytes(key + certificate)
