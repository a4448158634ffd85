"""T10: whatever is done in whatever order, nothing is readable before a clinician confirmed the one who holds it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from clients.invitations import actions
from clients.invitations.rules import LASTS
from clients.record.actions import PortalAlreadyOpen
from clients.record.models import Client
from practice.models import Member
from practice.web.refusals import Refused
from tests.factories import (
    MONDAY_NOON,
    ClientFactory,
    MemberFactory,
    PracticeFactory,
    confirm_every_number,
)

BORN = date(1988, 3, 27)


class Invitations(RuleBasedStateMachine):
    """One client, every link ever sent, and what an honest reader of the rules expects."""

    links = Bundle("links")

    def __init__(self):
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        PracticeFactory()
        self.clinician = MemberFactory()
        confirm_every_number(self.clinician)
        self.client = ClientFactory(treated_by=self.clinician, born_on=BORN, email="one@clients.example")
        self.now = MONDAY_NOON
        self.good = None
        self.taken_up = False
        self.confirmed = False

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @rule(target=links, email=st.sampled_from(["one@clients.example", "two@clients.example"]))
    def invite(self, email):
        try:
            invited = actions.invite(client=self.client, email=email, by=self.clinician, now=self.now)
        except PortalAlreadyOpen:
            assert self.confirmed
            return "used-up"
        self.good, self.sent_at, self.taken_up, self.wrong = invited.token, self.now, False, 0
        return invited.token

    @rule(token=links, knows=st.booleans())
    def take_up(self, token, knows):
        fits = token == self.good and not self.taken_up and self.now < self.sent_at + LASTS and self.wrong < 5
        born_on = BORN if knows else date(1990, 1, 1)
        try:
            actions.accept(token=token, born_on=born_on, code="", password="three-words-apart", now=self.now)
        except Refused:
            assert not (fits and knows)
            self.wrong = self.wrong + 1 if fits else getattr(self, "wrong", 0)
        else:
            assert fits
            assert knows
            self.taken_up = True

    @rule()
    def confirm(self):
        try:
            actions.confirm(client=self.client, by=self.clinician, now=self.now)
        except actions.NobodyToConfirm:
            assert not self.taken_up or self.confirmed
        else:
            assert self.taken_up
            self.confirmed = True

    @rule()
    def take_back(self):
        actions.withdraw(client=self.client, by=self.clinician, now=self.now)
        if not self.confirmed:
            self.good, self.taken_up = None, False

    @rule(hours=st.sampled_from([1, 71, 72]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @invariant()
    def nothing_is_readable_before_it_is_confirmed(self):
        members = Member.objects.filter(roles=["client"])
        assert members.count() <= 1
        for member in members:
            assert Client.objects.visible_to(member).exists() is self.confirmed
            assert member.is_confirmed is self.confirmed


Invitations.TestCase.settings = settings(
    max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db
class TestInvitations(Invitations.TestCase):  # type: ignore[misc, valid-type] # made by Hypothesis
    """Each example in a world of its own, which ends with it."""
