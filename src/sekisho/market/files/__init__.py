"""Attachments of every room: stored apart by content, checked, served only as downloads."""
