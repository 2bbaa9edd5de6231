"""Text as copied from a web page, without markup."""

from advisor.pages.plain.lines import Recogniser
from advisor.pages.plain.read import read_plain

__all__ = ["Recogniser", "read_plain"]
