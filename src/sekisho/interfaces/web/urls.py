"""Every page, one line each. Acts on things are one address for all: `/<things>/<id>/<act>`, by POST."""

from __future__ import annotations

from django.urls import path

from sekisho.interfaces.web.acting import act
from sekisho.interfaces.web.views import contracts, deals, front, house, jobs, money, people, rules, till

urlpatterns = [
    path("", front.Check.as_view(), name="front"),
    path("home", front.Home.as_view(), name="home"),
    path("jobs", jobs.List.as_view(), name="jobs"),
    path("jobs/new", jobs.New.as_view(), name="job_new"),
    path("jobs/<uuid:pk>", jobs.Show.as_view(), name="job"),
    path("jobs/<uuid:pk>/edit", jobs.Edit.as_view(), name="job_edit"),
    path("jobs/<uuid:pk>/apply", jobs.Apply.as_view(), name="job_apply"),
    path("deals/<uuid:pk>", deals.Show.as_view(), name="deal"),
    path("deals/<uuid:pk>/offer", contracts.Offer.as_view(), name="contract_offer"),
    path("deals/<uuid:pk>/contact", deals.Ask.as_view(), name="contact_ask"),
    path("contracts/<uuid:pk>", contracts.Show.as_view(), name="contract"),
    path("money", money.Balance.as_view(), name="money"),
    path("money/bank", money.Bank.as_view(), name="bank"),
    path("money/reference", money.reference, name="deposit_reference"),
    path("money/statement", money.StatementPage.as_view(), name="statement"),
    path("money/statement.csv", money.csv, name="statement_csv"),
    path("people/<uuid:pk>", people.Show.as_view(), name="person"),
    path("people/<uuid:pk>/invite", people.Invite.as_view(), name="person_invite"),
    path("people/<uuid:pk>/roles", people.Roles.as_view(), name="person_roles"),
    path("people/<uuid:pk>/block", people.meet, {"verb": "block"}, name="person_block"),
    path("people/<uuid:pk>/unblock", people.meet, {"verb": "unblock"}, name="person_unblock"),
    path("me", people.Settings.as_view(), name="me"),
    path("me/tokens", people.Tokens.as_view(), name="tokens"),
    path("me/delete", people.Delete.as_view(), name="me_delete"),
    path("notices", people.Notices.as_view(), name="notices"),
    path("outbox", people.Outbox.as_view(), name="outbox"),
    path("lang/<slug:lang>", people.speak, name="speak"),
    path("house", house.Desk.as_view(), name="house"),
    path("house/disputes/<uuid:pk>", house.Case.as_view(), name="house_dispute"),
    path("house/money", till.Till.as_view(), name="till"),
    path("house/money/list", till.Listing.as_view(), name="till_list"),
    path("house/money/lists/<uuid:pk>", till.batch, name="till_batch"),
    path("house/statements/<uuid:pk>", till.Imported.as_view(), name="till_import"),
    path("house/deposits", till.Deposits.as_view(), name="house_deposits"),
    path("house/rules", rules.Rules.as_view(), name="house_rules"),
    path("house/rules/packs/<uuid:pk>", rules.Pack.as_view(), name="house_pack"),
    path("house/rules/backtests/<uuid:pk>", rules.BackTestPage.as_view(), name="house_backtest"),
    path("house/rules/rescans/<uuid:pk>", rules.RescanPage.as_view(), name="house_rescan"),
    path("<slug:things>/<uuid:pk>/<slug:action>", act, name="act"),
]
