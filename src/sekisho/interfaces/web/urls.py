"""Every page, one line each."""

from __future__ import annotations

from django.urls import path

from sekisho.interfaces.web.views import contracts, deals, front, house, jobs, money, people

urlpatterns = [
    path("", front.Check.as_view(), name="front"),
    path("home", front.Home.as_view(), name="home"),
    path("jobs", jobs.List.as_view(), name="jobs"),
    path("jobs/new", jobs.New.as_view(), name="job_new"),
    path("jobs/<uuid:pk>", jobs.Show.as_view(), name="job"),
    path("jobs/<uuid:pk>/edit", jobs.Edit.as_view(), name="job_edit"),
    path("jobs/<uuid:pk>/submit", jobs.submit, name="job_submit"),
    path("jobs/<uuid:pk>/close", jobs.close, name="job_close"),
    path("jobs/<uuid:pk>/apply", jobs.Apply.as_view(), name="job_apply"),
    path("applications/<uuid:pk>/<slug:verb>", jobs.answer, name="application_answer"),
    path("deals/<uuid:pk>", deals.Show.as_view(), name="deal"),
    path("messages/<uuid:pk>/send", deals.send_anyway, name="message_send_anyway"),
    path("deals/<uuid:pk>/offer", contracts.Offer.as_view(), name="contract_offer"),
    path("contracts/<uuid:pk>", contracts.Show.as_view(), name="contract"),
    path("contracts/<uuid:pk>/<slug:verb>", contracts.move, name="contract_move"),
    path("deals/<uuid:pk>/contact", deals.Ask.as_view(), name="contact_ask"),
    path("contact/<uuid:pk>/<slug:verb>", deals.answer, name="contact_answer"),
    path("money", money.Balance.as_view(), name="money"),
    path("people/<uuid:pk>", people.Show.as_view(), name="person"),
    path("people/<uuid:pk>/<slug:verb>", people.meet, name="person_meet"),
    path("me", people.Settings.as_view(), name="me"),
    path("me/delete", people.Delete.as_view(), name="me_delete"),
    path("notices", people.Notices.as_view(), name="notices"),
    path("outbox", people.Outbox.as_view(), name="outbox"),
    path("lang/<slug:lang>", people.speak, name="speak"),
    path("house", house.Desk.as_view(), name="house"),
    path("house/messages/<uuid:pk>/<slug:verb>", house.message, name="house_message"),
    path("house/jobs/<uuid:pk>/<slug:verb>", house.job, name="house_job"),
    path("house/deposits", house.Deposits.as_view(), name="house_deposits"),
    path("house/payouts/<uuid:pk>/<slug:verb>", house.payout, name="house_payout"),
    path("house/contracts/<uuid:pk>/settle", house.settle, name="house_settle"),
]
