"""Which pack is live; judging a text in its true context, with the exact input kept reproducible."""
