"""取引: the append-only, hash-chained log of one consultation, in the event words of check_thread."""
