"""Measure how things grow with the corpus, each beside its peer in the same run.

    python -m benchmarks.growth [--passages 1000,10000,100000,1000000] [--programmes 200,2000,10000]
                                [--json FILE]

Retrieval is measured on passages of sixty made-up words, beside bare rank-bm25, bm25s and tantivy;
building, opening and turns on catalogues of invented programmes.
"""

import gc
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import tantivy
from rank_bm25 import BM25Plus

from advisor import Advisor
from advisor.advisor import cutter_for
from advisor.editing import build_index
from advisor.editing.content import load, recogniser_for
from advisor.index import disk
from advisor.index.kept import PER_PAGE
from advisor.index.memory import MemoryIndex
from advisor.index.store import index_terms
from advisor.pages.load import read_page
from benchmarks.catalogue import programmes, questions, write_catalogue
from benchmarks.clock import fresh, milliseconds, resident, share, timed
from benchmarks.start import cold_ask
from benchmarks.table import Row, Target, numbers, options, report

TOKENS = 60
WORDS = 50_000
QUERIES = 200
BEST = 10
PAGE = 30  # passages of a page
MOST_IN_MEMORY = 100_000
WARM = 50
TURNS = 400
SHIPPED = ("What does Leiden cost?", "Is there an internship in Leuven?", "How long is it in Leiden?")
Passages = list[list[str]]


def passages(number: int) -> Passages:
    """Return passages of sixty words whose frequencies fall as those of a language do."""
    words = [f"w{i}" for i in range(WORDS)]
    weights = 1 / (np.arange(WORDS) + 10)
    chance = np.random.default_rng(number)
    drawn = chance.choice(WORDS, size=(number, TOKENS), p=weights / weights.sum())
    return [[words[i] for i in row.tolist()] for row in drawn]


def median(rank: Callable[[Sequence[str]], object], asked: Sequence[Sequence[str]]) -> float:
    """Return the median milliseconds of a ranking."""
    return share(timed(rank, asked), 0.5)


def retrieval(number: int) -> Iterator[Row]:
    """Measure rankings of the ten best of so many passages: ours, and bare libraries over the same."""
    made = passages(number)
    chance = random.Random(1)
    asked = [chance.sample(chance.choice(made), 3) for _ in range(QUERIES)]
    name = f"the ten best of {number:,} passages"
    ours, peer = on_disk(made, asked)
    target = Target("ratio", 1.5) if number >= 100_000 else None

    def row(where: str, mine: float, against: str, theirs: float, target: Target | None = None) -> Row:
        return Row(f"{name}, {where}", mine, "ms", against, theirs, target, f"advisor, {where}", number)

    yield row("on disk", ours, "tantivy", peer, target)
    if find_spec("bm25s"):
        yield row("on disk", ours, "bm25s", with_bm25s(made, asked))
    if number <= MOST_IN_MEMORY:
        few = asked[: max(5, QUERIES * 1000 // number)]
        library = BM25Plus(made)
        peer = median(lambda terms: best(library.get_scores(terms)), few)
        del library
        index = MemoryIndex(made)
        ours = median(lambda terms: index.rank(terms, BEST), asked)
        yield row("in memory", ours, "rank-bm25", peer)


def best(scores: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> object:
    """Return the ten best of scores, in order."""
    found = np.argpartition(-scores, BEST)[:BEST]
    return found[np.argsort(-scores[found])]


def on_disk(made: Passages, asked: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return the medians of our index on disk and of bare tantivy over the same files."""
    with tempfile.TemporaryDirectory() as name:
        index = disk.create(Path(name))
        disk.write(
            index, (), ((first // PAGE, made[first : first + PAGE]) for first in range(0, len(made), PAGE))
        )
        slots = {slot: slot for slot in range(-(-len(made) // PAGE))}
        ours = disk.DiskIndex(
            Path(name), len(made), TOKENS, lambda term: 0, lambda number: {},
            lambda n: slots[n // PER_PAGE] * PER_PAGE + n % PER_PAGE, disk.is_in_order(index),
        )  # fmt: skip
        searcher, query = index.searcher(), tantivy.Query

        def bare(terms: Sequence[str]) -> object:
            parts = [query.term_query(index.schema, disk.TERMS, t, index_option="freq") for t in terms]
            either = query.boolean_query([(tantivy.Occur.Should, p) for p in parts])
            hits = searcher.search(either, limit=BEST, count=False).hits
            return searcher.fast_field_values(disk.NUMBER, [address for _, address in hits])

        return median(lambda terms: ours.rank(terms, BEST), asked), median(bare, asked)


def with_bm25s(made: Passages, asked: Sequence[Sequence[str]]) -> float:
    """Return the median of bm25s with numpy; its own `retrieve` takes many times longer to find the best."""
    import bm25s

    library = bm25s.BM25(method="lucene", backend="numpy")
    library.index(made, show_progress=False)
    return median(lambda terms: best(library.get_scores(list(terms))), asked)


def building(folder: Path, index: Path) -> Row:
    """Measure the build of an index, beside bare tantivy behind the same analysis."""
    ours = milliseconds(lambda: build_index(index, [folder]))
    files = sorted(folder.glob("*.md"))
    peer = milliseconds(lambda: build_bare(files))
    name = f"building an index of {len(files):,} programmes"
    return Row(name, ours / 1000, "s", "tantivy behind our analysis", peer / 1000, Target("ratio", 2.5))


def build_bare(files: Sequence[Path]) -> None:
    """Read pages, cut them, and write their terms with tantivy and nothing else."""
    content = load(None)
    recogniser = recogniser_for(content)
    cutter = cutter_for(content, recogniser.lexicon)
    widened = recogniser.lexicon.widened
    cut = (cutter.cut(read_page(path, recogniser))[0] for path in files)
    with tempfile.TemporaryDirectory() as name:
        terms = ((slot, [index_terms(p, widened) for p in own]) for slot, own in enumerate(cut))
        disk.write(disk.create(Path(name)), (), terms)


def opened(small: Path, index: Path) -> tuple[int, int]:
    """Return by how many bytes a process grows that opens an index, and how many passages that has.

    It has opened and asked a small one before, so that the program itself is not counted.
    """
    Advisor.open(small).ask(SHIPPED[0])
    gc.collect()
    before = resident()
    advisor = Advisor.open(index)
    gc.collect()
    return resident() - before, advisor.store.index.size


def asked_of(index: Path, asked: Sequence[str]) -> tuple[list[float], int]:
    """Return the milliseconds of turns in rising order, and the bytes that the process has afterwards.

    What warms up are other questions, so that pages are read from disk as they would be.
    """
    advisor = Advisor.open(index)
    return timed(advisor.ask, asked[WARM:], asked[:WARM]), resident()


def turns(count: int, folder: Path, small: Path, base: float) -> Iterator[Row]:
    """Measure build, opening and turns of a catalogue of so many programmes, from disk."""
    pages, index = folder / "pages", folder / "index"
    write_catalogue(pages, count)
    yield building(pages, index)
    is_large = count >= 10_000
    taken, most = fresh(asked_of, index, questions(list(programmes(count)), WARM + TURNS))
    name, against = f"{count:,} programmes on disk", "the shipped pages"
    for label, part, bound in (("median", 0.5, 5), ("p99", 0.99, 25)):
        target = Target("ours", bound) if is_large else None
        yield Row(f"a turn, {name}, {label}", share(taken, part), "ms", f"{against}, median", base, target)
    yield Row(f"memory of the process, {name}", most / 1e6, "MB", target=Target("ours", 400))
    yield Row(f"cold `advisor ask`, {name}", cold_ask(index), target=Target("ours", 1000))
    # In a small index the pages that are in memory anyway count for more than the passages.
    target = Target("ours", 100) if count >= 1000 else None
    (least, few), (grown, many) = fresh(opened, small, small), fresh(opened, small, index)
    a_passage = max(0, grown - least) / (many - few)
    yield Row(f"memory of opening, {name}, a passage", a_passage, "bytes", target=target)


def measure(sizes: Sequence[int], counts: Sequence[int]) -> Iterator[Row]:
    """Yield all rows."""
    if not find_spec("bm25s"):
        print("bm25s is not installed; its rows are left out", file=sys.stderr)
    for size in sizes:
        yield from retrieval(size)
        gc.collect()
    with tempfile.TemporaryDirectory() as name:
        small = Path(name, "small")
        build_index(small)
        base = share(timed(Advisor.load().ask, SHIPPED * 60), 0.5)
        for count in counts:
            with tempfile.TemporaryDirectory() as scratch:
                yield from turns(count, Path(scratch), small, base)


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--passages", type=numbers, default="1000,10000,100000,1000000")
    parser.add_argument("--programmes", type=numbers, default="200,2000,10000")
    given = parser.parse_args()
    report(measure(given.passages, given.programmes), given.json)


if __name__ == "__main__":
    main()
