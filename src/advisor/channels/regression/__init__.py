"""Regression tests for editors of programme pages.

files (.qa.yaml .csv .jsonl) -> cases -> outcomes -> reports; beside them the checks of the cases
themselves (lint, mutation, coverage) and the views of a corpus (diff, gaps, verify).
"""
