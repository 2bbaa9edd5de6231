"""What editors of pages and intents run: take a page in, look for problems."""

from advisor.editing.adopt import AdoptedPage, Adopter, TopicFacts, store
from advisor.editing.indexing import build_index, cached_index, index_state, update_index
from advisor.editing.inspect import KINDS, Finding, Inspection, inspect_content

__all__ = [
    "KINDS",
    "AdoptedPage",
    "Adopter",
    "Finding",
    "Inspection",
    "TopicFacts",
    "build_index",
    "cached_index",
    "index_state",
    "inspect_content",
    "store",
    "update_index",
]
