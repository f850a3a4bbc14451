"""A pasted chat -> who said what and when. Plain text in, values out; judges nothing, keeps nothing, knows no web."""

from __future__ import annotations

from sekisho.interfaces.web.chats.reading import Chat, Said, read_chat

__all__ = ["Chat", "Said", "read_chat"]
