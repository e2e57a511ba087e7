"""Page -> Article."""

from wirecopy.extract.article import extract

__all__ = ["extract"]
