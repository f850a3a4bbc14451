"""Who there is: accounts, roles, standing, blocks as bare pairs, tokens."""
