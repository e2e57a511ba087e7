"""Wire files of every format -> articles; the format is told from the bytes."""

from wirecopy.formats.read import FORMATS, read_articles, read_stream
from wirecopy.formats.reading import ArticleReader
from wirecopy.formats.sniff import sniff

__all__ = ["FORMATS", "ArticleReader", "read_articles", "read_stream", "sniff"]
