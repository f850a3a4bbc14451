"""Putting the site together: settings, addresses, the server's entry point and a database of one's own."""
