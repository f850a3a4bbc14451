"""Who may do what with personal data: the lifecycle says it; reading and the client's own fields are beside it."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow
from sekisho.market.personal_data.states import DATA

allow(row for row in DATA.permits() if row.action != "personal_data.refuse")
allow([
    # Somebody's address is for work that goes on: who is banned does none.
    Permit("personal_data.read", ("client",), "finish"),
    Permit("recruiter.write", ("a_client",), "message"),
])  # fmt: skip
