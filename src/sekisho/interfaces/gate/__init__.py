"""The judging server: the core's judgement over HTTP, for volume. Stateless: no database, no memory of a request.

No text that is sent here reaches a log, a metric, a problem or a file: what is told of a request is chosen from closed lists.
Needs the extra `gate` (`pip install 'sekisho[gate]'`).
"""
