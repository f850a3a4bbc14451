"""The one form that is not a verb's: signing up, which allauth does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sekisho.market.kernel import fields


class SignUp(forms.Form):
    """Beside address and password: a name, and what somebody comes for."""

    display_name = forms.CharField(label=_("表示名"), max_length=60)
    comes_as = forms.ChoiceField(
        label=_("利用の目的"),
        choices=[("worker", _("仕事を受けたい")), ("client", _("仕事を頼みたい")), ("both", _("どちらも"))],
    )

    field_order = ("email", "display_name", "comes_as", "password1", "password2")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth with the account it made."""
        user.display_name = fields.line(self.cleaned_data["display_name"], "display_name", 60)
        user.is_client = self.cleaned_data["comes_as"] in ("client", "both")
        user.is_worker = self.cleaned_data["comes_as"] in ("worker", "both")
        user.lang = "en" if (get_language() or "ja").startswith("en") else "ja"
        user.save()
