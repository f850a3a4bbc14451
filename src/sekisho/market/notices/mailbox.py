"""Where letters go when no mail server is set: into the table that the local outbox page shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from sekisho.market.kernel import clock
from sekisho.market.notices.models import Letter


class LocalOutbox(BaseEmailBackend):
    """Keeps every letter; sends none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store what has no row yet (letters of the house have one)."""
        for message in email_messages:
            for to in message.recipients():
                known = Letter.objects.filter(to=to, subject=message.subject, body=message.body, sent_at=None)
                if not known.exists():
                    Letter.objects.create(
                        to=to, subject=message.subject[:300], body=str(message.body), sent_at=clock.now()
                    )
        return len(email_messages)
