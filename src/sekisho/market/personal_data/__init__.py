"""Personal data a contract needs, asked for and given in a lawful way, with an expiry and an access log."""
