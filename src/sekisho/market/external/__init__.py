"""Deals of marketplaces that keep their own contracts: their events, judged and kept in the same log."""
