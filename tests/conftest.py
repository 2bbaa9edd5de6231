"""What all tests share: the shipped adviser, loaded once, and a check that nothing is left out on CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from advisor import Advisor
from advisor.pages.recognise import Recogniser
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.values import ValueFinder

ROOT = Path(__file__).parents[1]

# `--hypothesis-profile=hunt` looks longer than there is time for in the check.
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
settings.register_profile("check", deadline=None, max_examples=100, suppress_health_check=SLOW)
settings.register_profile("hunt", deadline=None, max_examples=4000, suppress_health_check=SLOW)
settings.load_profile("check")


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings() -> Iterator[None]:
    """Keep the tester's own settings out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("ADVISOR_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    """Return the adviser with the corpus and the intents that ship."""
    return Advisor.load()


@pytest.fixture(scope="session")
def recogniser(advisor: Advisor) -> Recogniser:
    """Return what page readers ask about labels, values and institutions."""
    content = advisor.content
    lexicon = Lexicon(content.concepts, tuple(content.languages))
    finder, teller = ValueFinder(content.languages), LanguageTeller(content.languages)
    return Recogniser(lexicon, finder, teller, content.languages)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


def _left_out(config: pytest.Config) -> dict[str, int]:
    """Return why tests were left out, with how many."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reasons: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []) if reporter else []:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what was left out, after everything else."""
    reasons = _left_out(config)
    if reasons:
        terminalreporter.section("left out")
        for reason, count in sorted(reasons.items()):
            terminalreporter.line(f"{count} test(s): {reason}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Let a run on CI fail when anything was left out."""
    is_controller = not hasattr(session.config, "workerinput")
    if is_controller and exitstatus == 0 and os.environ.get("CI") == "true" and _left_out(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
