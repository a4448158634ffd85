"""Two decisions at the same moment: real threads, one winner, nothing half kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from clients.models import CareTeamMember, Clearance
from clients.screening import actions
from clients.screening.standing import mark_of, standing_for
from practice.models import Practice
from practice.people.acting import acting_as
from practice.web.refusals import Refused
from tests.clients.screening.answering import has_answered
from tests.factories import ClientFactory, MemberFactory, PracticeFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(*tasks):
    """Run the tasks in threads of their own, let go together; a refusal is its code."""
    gate = Barrier(len(tasks))

    def run(task):
        try:
            gate.wait(timeout=60)
            return task()
        except Refused as no:
            return no.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def pair():
    PracticeFactory()
    return MemberFactory(name="Robin Vale"), MemberFactory(name="Sam Ash")


def a_client(pair):
    client = ClientFactory(treated_by=pair[0])
    CareTeamMember.objects.create(client=client, member=pair[1], part="covering", since=date(2020, 1, 1))
    has_answered(client, pair[0], timezone.now() - timedelta(days=1))
    return client


def test_of_two_who_decide_on_the_same_page_one_is_told_to_look_again(pair):
    for _round in range(ROUNDS):
        client, now = a_client(pair), timezone.now()
        seen = mark_of(client)

        def deciding(by, decision, client=client, now=now, seen=seen):
            with acting_as(by, now=now):
                kept = actions.decide_moving(
                    client=client,
                    decisions=[
                        actions.ModeDecision(mode="walk", decision=decision),
                        actions.ModeDecision(mode="run", decision=decision),
                    ],
                    rationale="Talked.",
                    seen=seen,
                    by=by,
                    now=now,
                )
            return kept[0].decision

        said = at_once(lambda: deciding(pair[0], "cleared"), lambda: deciding(pair[1], "not_suited"))

        assert sorted(said)[0] in {"cleared", "decided_meanwhile"}
        assert said.count("decided_meanwhile") == 1
        rows = Clearance.objects.filter(client=client)
        assert rows.count() == 2
        assert len(set(rows.values_list("decision", flat=True))) == 1


def test_a_crisis_that_comes_while_an_override_is_signed_never_leaves_a_client_cleared(pair):
    Practice.objects.update(second_may_override=True)
    for _round in range(ROUNDS):
        client, now = a_client(pair), timezone.now()
        eating = actions.Talk(held=True, confirmed={"eating"})
        with acting_as(pair[0], now=now):
            actions.decide_clearance(
                client=client,
                mode="walk",
                decision="not_suited",
                rationale="x",
                talk=eating,
                by=pair[0],
                now=now,
            )
            wish = actions.ask_override(
                client=client,
                terms=actions.OverrideTerms(mode="walk", rationale="x", conditions="y"),
                talk=actions.Talk(held=True),
                by=pair[0],
                now=now,
            )

        def signing(wish=wish, now=now):
            with acting_as(pair[1], now=now):
                return actions.sign_override(wish=wish, reason="z", by=pair[1], now=now).decision

        def crisis(client=client, now=now):
            found = actions.Talk(held=True, confirmed={"eating", "crisis"})
            with acting_as(pair[0], now=now):
                return actions.decide_clearance(
                    client=client, mode="run", decision="hold", rationale="x", talk=found, by=pair[0], now=now
                ).decision

        said = at_once(signing, crisis)

        standing = standing_for(client, "walk", timezone.localdate() + timedelta(days=1))
        assert said[1] == "hold"
        assert said[0] in {"conditions", "crisis_is_never_overridden"}
        assert not standing.allows
