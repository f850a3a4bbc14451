"""Moderators and operators work with a second factor: without one they are led to set it up and can do nothing else."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sekisho.market.people.models import Account

_LET = ("/accounts/", "/static/", "/lang/")


class SecondFactorMiddleware:
    """Leads staff without a second factor to its page. A demonstration on one's own machine may do without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or lead to the set-up."""
        user = request.user
        if (
            settings.SECOND_FACTOR_NEEDED
            and isinstance(user, Account)
            and (user.is_moderator or user.is_operator)
            and not request.path.startswith(_LET)
            and not is_mfa_enabled(user)
        ):
            messages.info(request, _("運営の方は、はじめに二段階認証を設定してください。"))
            return redirect("mfa_activate_totp")
        return self.get_response(request)
