-- Sketches hold the figures of a text by themselves, and are made of other hashes than before: none compares with an older one.

update core.fingerprint set sketch = null;
comment on column core.fingerprint.sketch is 'rare words and figures of the top of a text in 320 bits: what rules pairs out without reading them; NULL rules out nothing';
