"""The marketplace as pages. Views parse, call one verb, render; they own no fact."""
