"""An OpenSearch cluster of two nodes on this machine, which a test can stop and start again.

    python tests/cluster/server.py     starts one, says where it listens, and stops it on Ctrl-C

The server is that of `OPENSEARCH_HOME`, or the newest zip with the Maven coordinates
`org.opensearch.distribution.integ-test-zip:opensearch` that Maven has fetched to its own folder, where
`.ci/cluster` lets it. It listens on the loopback alone, and keeps its files in a temporary folder.
"""

import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

COORDINATES = "org/opensearch/distribution/integ-test-zip/opensearch"
HEAP = "-Xms256m -Xmx512m"
START_SECONDS = 120
STOP_SECONDS = 20
# OpenSearch refuses to run as root.
OTHER_USER = "nobody"
JVM_OPTIONS = """\
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:-UsePerfData
-Djava.security.manager=allow
-Djava.io.tmpdir={folder}
"""
SETTINGS = """\
cluster.name: {cluster}
node.name: node-{number}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.seed_hosts: [{seeds}]
cluster.initial_cluster_manager_nodes: [node-0, node-1]
cluster.routing.allocation.disk.threshold_enabled: false
node.processors: 2
path.data: {folder}/data
path.logs: {folder}/logs
"""


def missing() -> str:
    """Return what keeps a cluster from being started here; empty when nothing does."""
    if os.name != "posix":
        return "an OpenSearch cluster in tests needs a POSIX system"
    if shutil.which("java") is None:
        return "no Java for an OpenSearch cluster; .ci/cluster installs it"
    if not os.environ.get("OPENSEARCH_HOME") and fetched() is None:
        return "no OpenSearch server; .ci/cluster fetches it"
    return ""


def fetched() -> Path | None:
    """Return the newest zip of the server that Maven has fetched."""
    folder = Path("~/.m2/repository").expanduser() / COORDINATES
    found = sorted(folder.glob("*/opensearch-*.zip"), key=lambda p: _version(p.parent.name))
    return found[-1] if found else None


def _version(name: str) -> list[int]:
    return [int(part) for part in name.split(".") if part.isdecimal()]


def free_ports(number: int) -> list[int]:
    """Return ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for sock in sockets:
            sock.bind(("127.0.0.1", 0))
        return [int(sock.getsockname()[1]) for sock in sockets]
    finally:
        for sock in sockets:
            sock.close()


class LocalCluster:
    """Two nodes; `nodes` are their HTTP ports."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        ports = free_ports(4)
        self.nodes, self._transport = ports[:2], ports[2:]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._user = OTHER_USER if os.geteuid() == 0 else None
        self._home = self._unpacked()
        for number in (0, 1):
            self._configure(number)
        self._give_away()

    @property
    def running(self) -> set[int]:
        """The nodes that run."""
        return set(self._running)

    def address(self, name: str) -> str:
        """Return the address of an index."""
        return f"http://127.0.0.1:{self.nodes[0]},127.0.0.1:{self.nodes[1]}/{name}"

    def start(self, *numbers: int) -> None:
        """Start nodes, all when none is named; returns when the cluster answers with all that run."""
        for number in numbers or (0, 1):
            self._running[number] = self._spawn(number)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if any(p.poll() is not None for p in self._running.values()):
                break
            if all(self._is_ready(number) for number in self._running):
                return
            time.sleep(0.2)
        told = "\n".join(p.read_text(errors="replace")[-2000:] for p in sorted(self.folder.glob("*.log")))
        self.close()
        raise RuntimeError(f"the cluster did not start:\n{told}")

    def _is_ready(self, number: int) -> bool:
        try:
            health = self.ask(f"/_cluster/health?timeout=1s&wait_for_nodes={len(self._running)}", number)
            wanted = {"green", "yellow"} if len(self._running) == 1 else {"green"}
            return health.get("status") in wanted and not health.get("timed_out")
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def ask(self, path: str, number: int = 0) -> Any:
        """Return what a node answers to a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.nodes[number], timeout=10)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def stop(self, *numbers: int) -> None:
        """Stop nodes at once, as a machine that fails does; all when none is named."""
        for number in numbers or tuple(self._running):
            _end(self._running.pop(number), signal.SIGKILL)

    def close(self) -> None:
        """Stop all nodes and remove their files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _unpacked(self) -> Path:
        named = os.environ.get("OPENSEARCH_HOME")
        if named:
            return Path(named)
        archive = fetched()
        assert archive is not None, missing()
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(self.folder)
        home = next(self.folder.glob("opensearch-*"))
        for script in (home / "bin").iterdir():
            script.chmod(0o755)
        return home

    def _configure(self, number: int) -> None:
        folder = self.folder / f"node-{number}"
        for name in ("config", "data", "logs"):
            (folder / name).mkdir(parents=True)
        settings = SETTINGS.format(
            cluster=self.folder.name, number=number, http=self.nodes[number], folder=folder,
            transport=self._transport[number], seeds=", ".join(f"'127.0.0.1:{p}'" for p in self._transport),
        )  # fmt: skip
        (folder / "config" / "opensearch.yml").write_text(settings, encoding="utf-8")
        (folder / "config" / "jvm.options").write_text(JVM_OPTIONS.format(folder=folder), encoding="utf-8")
        shutil.copy(self._home / "config" / "log4j2.properties", folder / "config")

    def _give_away(self) -> None:
        if self._user is None:
            return
        owner = pwd.getpwnam(self._user)
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def _spawn(self, number: int) -> subprocess.Popen[bytes]:
        folder = self.folder / f"node-{number}"
        java = Path(str(shutil.which("java"))).resolve()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "JAVA_HOME": str(java.parents[1]),
            "OPENSEARCH_PATH_CONF": str(folder / "config"), "OPENSEARCH_JAVA_OPTS": HEAP,
        }  # fmt: skip
        with (self.folder / f"node-{number}.log").open("ab") as log:
            return subprocess.Popen(
                [self._home / "bin" / "opensearch"], env=environment, cwd=folder, user=self._user,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait(STOP_SECONDS)


def main() -> None:
    """Run a cluster until it is interrupted."""
    problem = missing()
    if problem:
        sys.exit(problem)
    cluster = LocalCluster()
    try:
        cluster.start()
        print(cluster.address("NAME"), flush=True)
        signal.pause()
    except KeyboardInterrupt:
        pass
    finally:
        cluster.close()


if __name__ == "__main__":
    main()
