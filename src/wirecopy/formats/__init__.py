"""Wire file -> Article: NITF, NewsML, ninjs, IPTC 7901, ANPA 1312, mail, dumps."""
