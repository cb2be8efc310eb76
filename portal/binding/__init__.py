"""Many PDF files as one: a contents page in front, page numbers below, and what is no PDF named."""

from portal.binding.contents import Cover, Line
from portal.binding.writing import Part, bind

__all__ = ["Cover", "Line", "Part", "bind"]
