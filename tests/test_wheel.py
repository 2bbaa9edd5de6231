"""The wheel holds all that the command needs."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Return the command of a wheel that was built here and installed into a new environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(root)], check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "new", with_pip=False)
    scripts = folder / "new" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [
            *pip,
            "--python",
            str(scripts / "python"),
            "install",
            "-c",
            str(root / "constraints.txt"),
            str(wheel),
        ],
        check=True,
    )
    return scripts / "advisor"


def run(command: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder with nothing of the project in its surroundings."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("ADVISOR_", "PYTHON", "COV"))}
    return subprocess.run(
        [str(command), *arguments],
        cwd=folder,
        env={**surroundings, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        capture_output=True,
        check=False,
    )


def test_the_installed_command_answers_from_an_empty_folder(command: Path, tmp_path: Path) -> None:
    """Pages and intents ship inside the wheel."""
    done = run(command, tmp_path, "ask", "What does Leiden cost?")
    assert done.returncode == 0, done.stderr
    assert "2,601" in done.stdout
    assert "[1]" in done.stdout
    assert "Universiteit Leiden" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_tells_its_version(command: Path, tmp_path: Path, root: Path) -> None:
    """The version is that of the project file."""
    done = run(command, tmp_path, "--version")
    assert f'version = "{done.stdout.strip()}"' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_a_command_that_needs_an_extra_says_so(command: Path, tmp_path: Path) -> None:
    """Without the extra for the service, the command tells how to get it and exits with 2."""
    done = run(command, tmp_path, "serve")
    assert done.returncode == 2
    assert "programme-advisor[web]" in done.stderr
    assert "Traceback" not in done.stderr
