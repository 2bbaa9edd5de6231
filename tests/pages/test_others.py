"""Headings that announce other pages are told from those of this page."""

import pytest

from advisor.pages.others import is_about_others


@pytest.mark.parametrize(
    "heading", ["You may also like", "BEKIJK OOK:", "Also at Fjordside", "Students also viewed"]
)
def test_blocks_about_other_pages_are_known(heading: str) -> None:
    """Case, a colon and further words make no difference."""
    assert is_about_others(heading)


@pytest.mark.parametrize("heading", ["Fees", "See alsoran", "What you may also like about us", ""])
def test_headings_of_this_page_are_not(heading: str) -> None:
    """The phrase must open the heading, in whole words."""
    assert not is_about_others(heading)
