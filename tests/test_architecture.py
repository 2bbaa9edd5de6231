"""The map of the code has no dead ends and no blank spots."""

import re
from pathlib import Path

MAP = Path(__file__).parents[1] / "ARCHITECTURE.md"
TEXT = MAP.read_text(encoding="utf-8")


def paths() -> set[str]:
    """Return what the map names in code style and looks like a path."""
    return {
        name
        for name in re.findall(r"`([^`\s]+)`", TEXT)
        if "/" in name or name.endswith((".py", ".txt", ".toml"))
    }


def test_every_path_on_the_map_exists(root: Path) -> None:
    """Each path that the map names is there; a bare module stands in the package."""
    named = paths()
    assert len(named) > 30
    missing = [
        n for n in sorted(named) if not (root / n).exists() and not (root / "src/advisor" / n).exists()
    ]
    assert missing == []


def test_every_folder_is_on_the_map(root: Path) -> None:
    """Each folder and module at the top of the package has its place on the map."""
    package = root / "src" / "advisor"
    for entry in sorted(package.iterdir()):
        if entry.name.startswith(("__", "_shipped")) or entry.name == "py.typed":
            continue
        name = f"src/advisor/{entry.name}" + ("/" if entry.is_dir() else "")
        assert name in paths(), name


def test_every_room_has_a_layer(root: Path) -> None:
    """The import contract lists what the package holds."""
    contract = (root / "pyproject.toml").read_text(encoding="utf-8").split("[tool.importlinter]")[1]
    for entry in sorted((root / "src" / "advisor").iterdir()):
        if entry.suffix in {"", ".py"} and not entry.name.startswith("_"):
            assert re.search(rf"\b{entry.stem}\b", contract), entry.stem
