"""Wire files of every format -> articles; the format is told from the bytes."""

from wirecopy.formats.cut import pieces, whole_records
from wirecopy.formats.read import FORMATS, read_articles, read_stream, sniffed
from wirecopy.formats.reading import ArticleReader
from wirecopy.formats.sniff import sniff

__all__ = ["FORMATS", "ArticleReader", "pieces", "read_articles", "read_stream", "sniff", "sniffed", "whole_records"]
