"""The demonstration: made-up people and what happened between them, told through the same verbs that people use."""

from sekisho.config.demo.load import NotHere, load

__all__ = ["NotHere", "load"]
