"""Translation memories of any make and in any state: read, check, fix, merge, filter, split, convert, score."""
