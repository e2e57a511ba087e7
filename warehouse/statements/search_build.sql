-- No stemming, no stop words, and digits kept: a search finds what is printed, in any language.
pragma create_fts_index(
    'document', 'revision_key', 'headline', 'body',
    stemmer = 'none', stopwords = 'none', ignore = '[^\p{L}\p{N}]+', strip_accents = 1, lower = 1, overwrite = 1
)
