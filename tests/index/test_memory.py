"""The index in memory ranks by BM25, whatever the corpus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from advisor.index.memory import MemoryIndex
from advisor.index.scorer import Scorer, rounded_length

PASSAGES = (("fee", "fee", "year"), ("fee", "town"), ("town", "year", "year"), ())


def test_the_passage_that_says_it_most_comes_first() -> None:
    """More of a term in less text ranks higher."""
    ranking = MemoryIndex(PASSAGES).rank(["fee"], 10)
    assert [number for number, _ in ranking] == [0, 1]
    assert ranking[0][1] > ranking[1][1] > 0


def test_a_term_of_half_of_the_passages_still_counts() -> None:
    """In a corpus of two, a word of one of them decides, though it stands in half."""
    ranking = MemoryIndex((("fee", "common"), ("town", "common"))).rank(["fee", "common"], 10)
    assert [number for number, _ in ranking] == [0, 1]
    assert all(score > 0 for _, score in ranking)


def test_ties_go_by_number() -> None:
    """Equal passages keep the order of the pages."""
    assert [n for n, _ in MemoryIndex((("a",), ("a",), ("a",))).rank(["a"], 10)] == [0, 1, 2]


@pytest.mark.parametrize("passages", [(), ((),), ((), ())])
def test_an_empty_corpus_finds_nothing(passages: tuple[tuple[str, ...], ...]) -> None:
    """No passages, or passages without terms, are no error."""
    index = MemoryIndex(passages)
    assert index.rank(["fee"], 10) == []
    assert Scorer(index).scores(["fee"], []) == {}
    assert index.frequency("fee") == 0


def test_what_is_asked_for_limits_the_ranking() -> None:
    """Unknown terms find nothing; `most` bounds what is returned."""
    index = MemoryIndex(PASSAGES)
    assert index.rank(["unknown"], 10) == []
    assert len(index.rank(["fee", "year"], 1)) == 1
    assert index.holding(["fee", "town"]) == {0, 1, 2}


@given(
    st.lists(st.lists(st.sampled_from("abcde"), max_size=6), max_size=8),
    st.lists(st.sampled_from("abcdef"), max_size=4),
)
def test_a_ranking_is_the_same_every_time(passages: list[list[str]], terms: list[str]) -> None:
    """Scores are finite, fall, and do not depend on what was asked before."""
    index = MemoryIndex(passages)
    first = index.rank(terms, 10)
    assert first == index.rank(terms, 10) == MemoryIndex(passages).rank(terms, 10)
    assert [s for _, s in first] == sorted((s for _, s in first), reverse=True)
    assert {n for n, _ in first} == index.holding(terms)


def test_a_score_can_be_explained() -> None:
    """What each term adds to a passage's score sums up to the score."""
    index = MemoryIndex(PASSAGES)
    terms = ["fee", "year", "unknown"]
    rows = Scorer(index).explain(terms, 0)
    assert [(term, tf) for term, tf, *_ in rows] == [("fee", 2), ("year", 1)]
    assert sum(score for *_, score in rows) == pytest.approx(Scorer(index).scores(terms, [0])[0], abs=1e-5)


def test_scores_are_those_of_rank_bm25() -> None:
    """The scorer computes what the library does, passage by passage."""
    index = MemoryIndex(PASSAGES)
    terms = ["fee", "year", "year"]
    peer = BM25Plus([list(p) for p in PASSAGES], k1=1.2, b=0.75).get_scores(terms)
    scores = Scorer(index).scores(terms, range(len(PASSAGES)))
    assert list(scores.values()) == pytest.approx([round(float(s), 6) for s in peer], abs=0)


def test_lengths_are_rounded_as_tantivy_keeps_them() -> None:
    """Up to 40 exactly, then in steps of an eighth, downwards."""
    kept = {0: 0, 24: 24, 40: 40, 41: 40, 42: 42, 55: 54, 57: 56, 60: 60, 63: 60, 95: 88, 96: 96, 1000: 984}
    assert {length: rounded_length(length) for length in kept} == kept
