"""For programs: where one's own server is told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sekisho.interfaces.web.doors import Page, visible
from sekisho.market.kernel.actors import Actor
from sekisho.market.notices import webhooks
from sekisho.market.notices.models import Delivery, Endpoint


class Webhooks(Page):
    """One's endpoints, and the form for another. The secret is shown once."""

    template = "web/webhooks.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Those that are live."""
        return {
            "endpoints": Endpoint.objects.visible_to(actor).order_by("-made_at"), "topics": webhooks.TOPICS,
            "chosen": request.POST.getlist("topics"),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Add one."""
        post = request.POST
        endpoint = webhooks.add(
            actor,
            None,
            url=post.get("url", "").strip(),
            topics=tuple(post.getlist("topics")),
            key=post.get("key"),
        )
        shown = self.fresh(request, **where) | {
            "secret": webhooks.secret_of(endpoint),
            "made": endpoint,
            "chosen": [],
        }
        return render(request, self.template, shown)


class Webhook(Page):
    """One endpoint: its address and topics, and what was sent there; each delivery can be sent once more."""

    template = "web/webhook.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last hundred deliveries."""
        endpoint = visible(Endpoint, actor, where["pk"])
        sent = Delivery.objects.filter(endpoint=endpoint).order_by("-made_at")[:100]
        for delivery in sent:
            delivery.endpoint = endpoint
        posted = request.method == "POST" and "url" in request.POST
        return {
            "endpoint": endpoint, "sent": sent, "topics": webhooks.TOPICS,
            "chosen": request.POST.getlist("topics") if posted else endpoint.topics,
            "url": request.POST["url"] if posted else endpoint.url,
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Change address and topics."""
        endpoint, post = visible(Endpoint, actor, where["pk"]), request.POST
        webhooks.choose(
            actor,
            endpoint,
            url=post.get("url", "").strip(),
            topics=tuple(post.getlist("topics")),
            key=post.get("key"),
        )
        flash.success(request, _("保存しました。"))
        return f"/me/webhooks/{endpoint.id}"


class Rotate(Webhook):
    """A new secret, shown once."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Make it."""
        endpoint = webhooks.rotate(actor, visible(Endpoint, actor, where["pk"]), key=request.POST.get("key"))
        return render(
            request, self.template, self.fresh(request, **where) | {"secret": webhooks.secret_of(endpoint)}
        )


class Remove(Webhook):
    """Tell this server no more."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Remove it."""
        webhooks.remove(actor, visible(Endpoint, actor, where["pk"]), key=request.POST.get("key"))
        flash.success(request, _("通知先を削除しました。"))
        return "/me/webhooks"
