"""Brochures in PDF."""

from advisor.errors import MissingExtra

try:
    from advisor.pages.pdf.read import read_pdf
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in {"pdfplumber", "pdfminer"}:
        raise
    raise MissingExtra("pages", "Reading PDF") from error

__all__ = ["read_pdf"]
