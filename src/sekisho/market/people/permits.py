"""Who may do what with accounts."""

from __future__ import annotations

from sekisho.market.kernel.permits import Permit, allow

allow([
    Permit("people.block", ("member",), "report"),
    Permit("people.unblock", ("member",), "report"),
    Permit("people.make_token", ("member",), "read"),
    Permit("people.make_backend_token", ("operator",)),
    Permit("people.revoke_token", ("self", "operator")),
    Permit("people.ask_deletion", ("self",)),
    Permit("people.withdraw_deletion", ("self",)),
    Permit("people.delete", ("clock",)),
    Permit("people.forget", ("clock",)),
    Permit("people.speak", ("self",)),
    Permit("people.set_standing", ("authority",)),
    Permit("people.set_roles", ("operator",)),
    Permit("people.verify_identity", ("operator",)),
])  # fmt: skip
