"""Lists of words, written as running text."""

from __future__ import annotations


def words(listing: str) -> frozenset[str]:
    """The words of a listing, which are parted by white space."""
    return frozenset(listing.split())
