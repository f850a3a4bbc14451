"""契約: offer to payout, with escrow, deliveries, disputes and reviews."""
