"""Each file format turned into the same blocks and tables."""
