"""Page -> FeedContent: RSS, Atom, RDF, JSON Feed, news sitemaps; lists and discovery of feeds.

Here live the rules of feed formats. Addresses are resolved against the feed's own; dates, names and texts stay as
received. Nothing here opens anything.
"""

from wirecopy.parse.feed import read_feed

__all__ = ["read_feed"]
