"""Profile texts and the track record, written by the rooms above."""
