"""What the running site is put together from: settings, addresses, and the database. It holds no rules of the market."""
