"""Papers in the Party's form as .docx files. No other module names python-docx."""

from portal.docx.numbers import blank_number, number_line, symbol_of
from portal.docx.papers import Head, Heading, Paper, Signature
from portal.docx.writer import write

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "CONTENT_TYPE",
    "Head",
    "Heading",
    "Paper",
    "Signature",
    "blank_number",
    "number_line",
    "symbol_of",
    "write",
]
