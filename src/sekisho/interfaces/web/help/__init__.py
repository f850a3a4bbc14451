"""Help: what the product knows of outside contact, in its own words. Texts are data in `pages`; no view is here."""
