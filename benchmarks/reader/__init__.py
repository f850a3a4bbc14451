"""Trains the second reader of the standard pack; see `python -m benchmarks.reader --help`."""
