"""`advisor test`: run files of questions and expected answers.

Exit codes: 0 all passed, 1 some did not, 2 bad files or usage, 5 nothing was selected.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from advisor import ContentError, Problem
from advisor.channels.regression import formats, metrics, report, select
from advisor.channels.regression.annotate import annotations
from advisor.channels.regression.ask import SECONDS, Adviser, LocalAdviser, RemoteAdviser
from advisor.channels.regression.bar import Bar
from advisor.channels.regression.cases import Case
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.memory import remember
from advisor.channels.regression.play import Outcome, play_all
from advisor.channels.regression.repeat import unsteady
from advisor.channels.regression.visible import visible, write
from advisor.channels.regression.watch import pause, watch

OK, FAILED, USAGE, NOTHING = 0, 1, 2, 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    select.arguments(parser)
    parser.add_argument("-x", "--exitfirst", action="store_true", help="stop at the first case that fails")
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="put N cases at a time")
    parser.add_argument("--url", help="ask a running service instead of the pages here")
    parser.add_argument(
        "--timeout", type=float, default=SECONDS, metavar="SECONDS", help="longest that a case may take"
    )
    parser.add_argument(
        "--repeat", type=int, default=1, metavar="N", help="hold every case N times; all must agree"
    )
    parser.add_argument(
        "--watch", action="store_true", help="run again whenever questions, pages or intents change"
    )
    parser.add_argument("--min-pass", type=float, metavar="PERCENT", help="exit with 0 when so many pass")
    _outputs(parser)
    _jobs(parser)


def _outputs(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reports")
    group.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    group.add_argument("--junit", type=Path, metavar="FILE", help="write a JUnit report")
    group.add_argument("--markdown", type=Path, metavar="FILE", help="write a Markdown report")
    group.add_argument("--baseline", type=Path, metavar="FILE", help="compare with an earlier --json report")
    group.add_argument("--metrics", action="store_true", help="count by tag, topic, language and kind")
    group.add_argument("--github", action="store_true", help="annotate the lines of failing cases on GitHub")
    group.add_argument("-q", "--quiet", action="store_true", help="only the summary")


def _jobs(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of question files, and stop"
    )
    group.add_argument("--list", action="store_true", help="list the selected cases, and stop")
    group.add_argument("--lint", action="store_true", help="look for cases that prove nothing")
    group.add_argument(
        "--mutate", action="store_true", help="spoil each fact a case rests on; the case must fail"
    )
    group.add_argument(
        "--coverage", action="store_true", help="show which sections, facts and topics no case touches"
    )
    group.add_argument(
        "--accept", action="store_true", help="show each changed answer and write the accepted ones back"
    )
    parser.add_argument("--yes", action="store_true", help="with --accept: take every changed answer")


def run(options: argparse.Namespace) -> int:
    """Run the cases; returns the exit code."""
    if options.schema:
        from advisor.channels.regression.schema import json_schema

        print(json.dumps(json_schema(), indent=1))
        return OK
    if options.watch:
        watch(lambda: _once(options), lambda: _places(options), pause)
    return _once(options)


def _places(options: argparse.Namespace) -> list[Path]:
    """Return what a run rests on: question files, pages, intents."""
    corpus = options.corpus or os.environ.get("ADVISOR_CORPUS", "").split(os.pathsep)
    intents = options.intents or os.environ.get("ADVISOR_INTENTS", "")
    return [Path(place) for place in (*(options.path or ["."]), *corpus, intents) if place]


def _once(options: argparse.Namespace) -> int:
    places = options.path or ["."]
    cases = select.selected(_unique(load_cases(places), is_strict=not options.lint), options)
    if not cases:
        print(f"advisor test: no case selected in {', '.join(map(str, places))}", file=sys.stderr)
        return NOTHING
    if options.list:
        print("\n".join(f"{c.where}\t{c.id}\t{' '.join(c.tags)}".rstrip() for c in cases))
        return OK
    return _work(cases, options)


def _work(cases: Sequence[Case], options: argparse.Namespace) -> int:
    """Do what the options ask with the cases."""
    if options.url:
        if options.lint or options.mutate or options.coverage:
            print(
                "advisor test: --url only goes with running and accepting; pages are needed for the rest",
                file=sys.stderr,
            )
            return USAGE
        told = next((c.where for c in cases if any(t.expect.slots for t in c.turns)), None)
        if told:
            said = "a service does not tell what a conversation holds; `slots` need the pages here"
            print(f"advisor test: {told}: {said}", file=sys.stderr)
            return USAGE
        try:
            adviser: Adviser = RemoteAdviser(options.url, options.timeout)
        except ValueError as error:
            print(f"advisor test: --url: {error}", file=sys.stderr)
            return USAGE
        return _accept(cases, adviser, options) if options.accept else _run(cases, adviser, options)
    local = LocalAdviser(options.corpus, options.intents)
    for corpus in dict.fromkeys(c.corpus for c in cases):
        local.advisor(corpus)
    if options.lint:
        from advisor.channels.regression.lint import lint

        return lint(cases, local)
    if options.mutate:
        from advisor.channels.regression.mutate import mutate

        return mutate(cases, local)
    if options.coverage:
        from advisor.channels.regression.coverage import coverage

        return coverage(cases, local, is_json=options.json)
    return _accept(cases, local, options) if options.accept else _run(cases, local, options)


def _accept(cases: Sequence[Case], adviser: Adviser, options: argparse.Namespace) -> int:
    from advisor.channels.regression.accept import accept

    return accept(cases, adviser, is_all=options.yes)


def _run(cases: Sequence[Case], adviser: Adviser, options: argparse.Namespace) -> int:
    with Bar(len(cases), "asking") as bar:
        outcomes = play_all(
            cases,
            adviser,
            seconds=options.timeout,
            jobs=options.jobs,
            is_short=options.exitfirst,
            tick=bar.tick,
        )
    remember((o.case.id for o in outcomes), (o.case.id for o in outcomes if not o.is_good))
    compared = formats.compare(options.baseline, outcomes) if options.baseline else None
    if options.junit:
        write(options.junit, formats.as_junit(outcomes))
    if options.markdown:
        write(options.markdown, formats.as_markdown(outcomes, compared))
    if options.json:
        print(formats.as_json(outcomes))
    else:
        _print(outcomes, compared, is_quiet=options.quiet)
        if options.metrics:
            print("\n" + visible(metrics.as_table(outcomes)))
    if options.github:
        lines = "\n".join(annotations(outcomes))
        print(visible(lines), file=sys.stderr if options.json else sys.stdout)
    code = _code(outcomes, options.min_pass)
    return code if options.repeat <= 1 else max(code, _again(outcomes, adviser, options))


def _again(outcomes: Sequence[Outcome], adviser: Adviser, options: argparse.Namespace) -> int:
    """Hold the cases again and tell of those that came out differently; returns 1 when any did."""
    with Bar(len(outcomes) * (options.repeat - 1), "asking again") as bar:
        found = unsteady(outcomes, adviser, options.repeat, options.jobs, bar.tick)
    for outcome in found:
        print(visible(f"UNSTEADY  {outcome.case.where}  {outcome.case.id}"), file=sys.stderr)
    print(f"{len(found)} of {len(outcomes)} cases differ in {options.repeat} rounds", file=sys.stderr)
    return FAILED if found else OK


def _print(outcomes: Sequence[Outcome], compared: dict[str, list[str]] | None, *, is_quiet: bool) -> None:
    if not is_quiet:
        for outcome in outcomes:
            if not outcome.is_good:
                print(visible(report.told(outcome)) + "\n")
    for name, ids in (compared or {}).items():
        print(f"{name} since the baseline: {len(ids)}")
        if name in {"broken", "fixed"}:
            print("".join(f"  {i}\n" for i in ids), end="")
    print(visible(report.summary(outcomes)))


def _code(outcomes: Sequence[Outcome], least: float | None) -> int:
    if least is not None:
        rate = report.rate(outcomes)
        print(f"{rate:.1f} % passed, {least:g} % asked for", file=sys.stderr)
        return OK if rate >= least else FAILED
    return OK if all(o.is_good for o in outcomes) else FAILED


def _unique(cases: Sequence[Case], *, is_strict: bool) -> list[Case]:
    """Return the cases; two of one id are an error, as results go by id. Lint tells of them too."""
    times = Counter(c.id for c in cases)
    first: dict[str, Case] = {}
    problems = []
    for case in cases:
        other = first.setdefault(case.id, case)
        if times[case.id] > 1 and other is not case:
            problems.append(Problem(case.path, case.line, f"the same case as {other.where} (id {case.id})"))
    if problems and is_strict:
        raise ContentError(problems)
    return list(cases)
