"""A folder of intents is read whole, or everything that is wrong with it is named."""

import shutil
from pathlib import Path

import pytest

from advisor import ContentError
from advisor.channels import cli
from advisor.topics.load import load_content


@pytest.fixture
def intents(tmp_path: Path, root: Path) -> Path:
    """Return a copy of the intents that ship."""
    return Path(shutil.copytree(root / "intents", tmp_path / "intents"))


def problems(folder: Path) -> list[tuple[str, int | None, str]]:
    """Return (file name, line, message) of every problem of a folder."""
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    return [(Path(p.path).name, p.line, p.message) for p in caught.value.problems]


def test_the_intents_that_ship_are_sound(root: Path) -> None:
    """What ships loads, and its hash changes with its words only."""
    first, second = load_content(root / "intents"), load_content(root / "intents")
    assert first.topics
    assert first.hash == second.hash != ""


def test_every_problem_is_named_at_once(intents: Path) -> None:
    """An unknown key, a wrong kind, bad YAML and bad grammar in four files are told in one go."""
    topics = intents / "topics"
    topics.joinpath("zz-key.yaml").write_text('name: {en: "a", nl: "b"}\nkind: prose\ncolour: red\n')
    topics.joinpath("zz-kind.yaml").write_text('name: {en: "a", nl: "b"}\n\nkind: poem\n')
    topics.joinpath("zz-yaml.yaml").write_text("name: {en: a\nkind: [\n")
    topics.joinpath("zz-phrase.yaml").write_text(
        'name: {en: "a", nl: "b"}\nphrases:\n  en: ["(never closed"]\n'
    )
    found = {name: (line, message) for name, line, message in problems(intents)}
    assert set(found) == {"zz-key.yaml", "zz-kind.yaml", "zz-yaml.yaml", "zz-phrase.yaml"}
    assert found["zz-key.yaml"][0] == 3
    assert "colour" in found["zz-key.yaml"][1]
    assert found["zz-kind.yaml"][0] == 3
    assert "kind" in found["zz-kind.yaml"][1]
    assert "not valid YAML" in found["zz-yaml.yaml"][1]
    assert "bracket" in found["zz-phrase.yaml"][1]


def test_two_topics_may_not_claim_one_phrase(intents: Path) -> None:
    """A phrase of two topics is an error that names both."""
    for name in ("zz-one", "zz-two"):
        text = 'name: {en: "a", nl: "b"}\nphrases:\n  en: ["wobbly jelly castle"]\n'
        (intents / "topics" / f"{name}.yaml").write_text(text)
    ((name, _, message),) = problems(intents)
    assert name == "zz-two.yaml"
    assert "wobbly jelly castle" in message
    assert "zz-one" in message


def test_unknown_names_are_errors(intents: Path) -> None:
    """A topic may not point at a concept or a topic that does not exist."""
    text = 'name: {en: "a", nl: "b"}\nevidence: [no-such-concept]\nnext: [no-such-topic]\n'
    (intents / "topics" / "zz-lost.yaml").write_text(text)
    messages = [message for _, _, message in problems(intents)]
    assert any("no-such-concept" in m for m in messages)
    assert any("no-such-topic" in m for m in messages)


def test_a_concept_is_defined_once(intents: Path) -> None:
    """The same concept in two files of the lexicon is an error with its line."""
    (intents / "lexicon" / "zz.yaml").write_text("\ntuition-fee:\n  en: [gold]\n")
    ((name, line, message),) = problems(intents)
    assert (name, line) == ("zz.yaml", 2)
    assert "twice" in message


def test_a_reply_needs_both_languages(intents: Path) -> None:
    """A template without one of the languages is an error with its line."""
    path = intents / "replies.yaml"
    path.write_text(path.read_text(encoding="utf-8") + 'zz.lonely: {en: "Alone."}\n', encoding="utf-8")
    ((name, line, message),) = problems(intents)
    assert (name, line) == ("replies.yaml", len(path.read_text(encoding="utf-8").splitlines()))
    assert "nl" in message


def test_a_file_in_no_known_place_is_an_error(intents: Path) -> None:
    """A file that nothing would read is told, with the places that exist."""
    (intents / "stray.yaml").write_text("a: b\n")
    (intents / "topics" / "zz-empty.yaml").write_text("")
    found = {name: message for name, _, message in problems(intents)}
    assert "topics/" in found["stray.yaml"]
    assert "empty" in found["zz-empty.yaml"]


def test_text_that_is_not_utf8_is_an_error(intents: Path) -> None:
    """A file in another encoding is named, with what is wrong."""
    (intents / "topics" / "zz-latin.yaml").write_bytes('name: {en: "caf\xe9", nl: "b"}\n'.encode("latin-1"))
    ((name, _, message),) = problems(intents)
    assert name == "zz-latin.yaml"
    assert "UTF-8" in message


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A folder that is not there is told as such."""
    ((name, line, _),) = problems(tmp_path / "nowhere")
    assert (name, line) == ("nowhere", None)


def test_the_command_tells_every_problem_and_exits_with_two(
    intents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Broken intents end a command with 2 and a line for each problem, and nothing on stdout."""
    (intents / "topics" / "zz-a.yaml").write_text('name: {en: "a", nl: "b"}\ncolour: red\n')
    (intents / "topics" / "zz-b.yaml").write_text('name: {en: "a", nl: "b"}\nshape: round\n')
    assert cli.main(["ask", "--intents", str(intents), "what does it cost"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "zz-a.yaml:2:" in err
    assert "zz-b.yaml:2:" in err
    assert "Traceback" not in err


def test_on_and_off_are_words(root: Path) -> None:
    """YAML 1.1 would read four words of English as truth values."""
    words = load_content(root / "intents").languages["en"].function_words
    assert {"on", "off", "yes", "no"} <= set(words)
