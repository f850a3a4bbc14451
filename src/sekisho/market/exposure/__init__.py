"""Exposure records: what somebody gave away, to whom, when and by which tool. Never the values themselves."""
