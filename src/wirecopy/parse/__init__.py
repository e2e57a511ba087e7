"""Page -> FeedContent: RSS, Atom, RDF, JSON Feed, news sitemaps."""
