"""The reading: facets, codes, codings, queries, analyses. Knows what was coded."""
