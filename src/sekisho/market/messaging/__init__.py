"""Sending and reading: to send is to judge, decide and append to the deal, in one verb."""
