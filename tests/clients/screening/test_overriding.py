"""A second clinician: what two may do together, and what nobody may."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from clients.models import CareTeamMember, Clearance, OverrideWish
from clients.screening import actions
from clients.screening.rules import Limits
from clients.screening.standing import standing_for
from practice.models import AuditEvent, Practice
from tests.clients.screening.answering import a_decision, ask_asq, decide, handed_in, has_answered
from tests.factories import MONDAY_NOON, MemberFactory

pytestmark = pytest.mark.django_db
TODAY = MONDAY_NOON.date()
LATER = MONDAY_NOON + timedelta(hours=1)
DAY = timedelta(days=1)
TALKED = actions.Talk(held=True)


@pytest.fixture
def second(client_person):
    """Another clinician on the care team."""
    member = MemberFactory(name="Sam Ash")
    CareTeamMember.objects.create(
        client=client_person, member=member, part="covering", since=date(2020, 1, 1)
    )
    return member


@pytest.fixture
def allowed(clinician):
    Practice.objects.update(second_may_override=True)


@pytest.fixture
def excluded(client_person, clinician):
    """An eating disorder that a clinician has confirmed."""
    has_answered(client_person, clinician)
    talk = actions.Talk(held=True, confirmed={"eating"})
    return decide(client_person, clinician, decision="not_suited", talk=talk)


def asked(client, by, now=LATER, talk=TALKED, **more):
    terms = {"mode": "walk", "rationale": "Ten weeks steady.", "conditions": "With a snack."} | more
    return actions.ask_override(
        client=client, terms=actions.OverrideTerms(**terms), by=by, now=now, talk=talk
    )


def signed(wish, by, now=LATER, reason="I have met them too."):
    return actions.sign_override(wish=wish, reason=reason, by=by, now=now)


class TestTwoClinicians:
    def test_open_one_way_with_conditions_for_30_days_at_most(
        self, client_person, clinician, second, allowed, excluded
    ):
        wish = asked(client_person, clinician, limits=Limits(most_minutes=20))

        clearance = signed(wish, second)

        assert (clearance.decision, clearance.overrides, clearance.excluded_by) == (
            "conditions",
            ["H1"],
            ["eating"],
        )
        assert (clearance.decided_by, clearance.second_by) == (clinician, second)
        assert clearance.review_on == TODAY + 30 * DAY
        assert standing_for(client_person, "walk", TODAY).allows
        assert "Sam Ash, second clinician: I have met them too." in clearance.rationale

    def test_it_is_over_after_30_days(self, client_person, clinician, second, allowed, excluded):
        signed(asked(client_person, clinician), second)

        assert standing_for(client_person, "walk", TODAY + 31 * DAY).code == "expired"

    def test_asking_alone_opens_nothing(self, client_person, clinician, allowed, excluded):
        asked(client_person, clinician)

        assert not standing_for(client_person, "walk", TODAY).allows

    def test_the_other_way_stays_closed(self, client_person, clinician, second, allowed, excluded):
        signed(asked(client_person, clinician), second)

        with pytest.raises(actions.ExcludedFromMoving):
            decide(client_person, clinician, mode="run", now=LATER, talk=TALKED)
        assert standing_for(client_person, "walk", TODAY).allows

    def test_deciding_about_the_other_way_leaves_the_override(
        self, client_person, clinician, second, allowed, excluded
    ):
        signed(asked(client_person, clinician), second)

        decide(client_person, clinician, mode="run", decision="not_suited", now=LATER)

        assert standing_for(client_person, "walk", TODAY).allows

    def test_a_new_answer_that_states_it_holds_again(
        self, client_person, clinician, second, allowed, excluded
    ):
        signed(asked(client_person, clinician), second)

        handed_in(client_person, clinician, now=LATER + DAY, movement={"eating_now": 3})

        assert standing_for(client_person, "walk", TODAY).code == "hold"

    def test_each_step_is_in_the_trail(self, client_person, clinician, second, allowed, excluded):
        signed(asked(client_person, clinician), second)

        actions_kept = set(AuditEvent.objects.values_list("action", flat=True))
        assert {"override_asked", "override_signed"} <= actions_kept


class TestAskingIsRefused:
    def test_where_the_practice_does_not_do_it(self, client_person, clinician, excluded):
        with pytest.raises(actions.OverridesAreOff):
            asked(client_person, clinician)

    def test_where_nothing_stands_in_the_way(self, client_person, clinician, allowed):
        with pytest.raises(actions.NothingToOverride):
            asked(client_person, clinician)

    def test_in_a_crisis_that_answers_state(self, client_person, clinician, allowed, submitted, excluded):
        ask_asq(submitted, clinician, q1=1, q5=1)
        alert = client_person.safety_alerts.get()
        actions.close_alert(alert=alert, what_was_done="Called.", by=clinician, now=LATER)

        with pytest.raises(actions.CrisisIsNeverOverridden):
            asked(client_person, clinician)

    def test_in_a_crisis_that_a_clinician_confirmed(self, client_person, clinician, allowed, excluded):
        talk = actions.Talk(held=True, confirmed={"eating", "crisis"})

        with pytest.raises(actions.CrisisIsNeverOverridden):
            asked(client_person, clinician, talk=talk)

    def test_while_a_safety_answer_is_open(self, client_person, clinician, allowed, excluded, alert):
        with pytest.raises(actions.AlertOpen):
            asked(client_person, clinician)

    def test_before_a_talk(self, client_person, clinician, allowed, excluded):
        with pytest.raises(actions.TalkFirst):
            asked(client_person, clinician, talk=actions.Talk())

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"rationale": "  "}, actions.NeedsRationale),
            ({"conditions": " "}, actions.NeedsConditions),
            ({"mode": "sit"}, actions.SittingIsOpen),
            ({"review_on": TODAY + 31 * DAY}, actions.OverrideTooLong),
            ({"review_on": TODAY - DAY}, actions.OverrideTooLong),
            ({"limits": Limits(most_minutes=4)}, actions.MinutesOutOfReason),
            ({"limits": Limits(letter_by=TODAY + 31 * DAY)}, actions.LetterDueOutside),
        ],
    )
    def test_where_something_is_missing_or_too_much(
        self, client_person, clinician, allowed, excluded, changes, refusal
    ):
        with pytest.raises(refusal):
            asked(client_person, clinician, **changes)

    def test_twice_at_once(self, client_person, clinician, allowed, excluded):
        asked(client_person, clinician)

        with pytest.raises(actions.WishOpenAlready):
            asked(client_person, clinician)

    def test_before_everything_is_asked(self, client_person, clinician, allowed):
        has_answered(client_person, clinician, keys=["phq9"])
        eating = actions.Talk(held=True, confirmed={"eating"})
        decide(client_person, clinician, decision="not_suited", talk=eating)

        with pytest.raises(actions.AskFirst, match="Not asked yet: GAD-7"):
            asked(client_person, clinician)


class TestSigningIsRefused:
    @pytest.fixture
    def wish(self, client_person, clinician, allowed, excluded):
        return asked(client_person, clinician)

    def test_to_who_asked(self, wish, clinician):
        with pytest.raises(actions.NeedsSecondClinician):
            signed(wish, clinician)
        with pytest.raises(actions.NeedsSecondClinician):
            actions.decline_override(wish=wish, reason="No.", by=clinician, now=LATER)

    def test_without_a_reason(self, wish, second):
        with pytest.raises(actions.NeedsReason):
            signed(wish, second, reason=" ")
        with pytest.raises(actions.NeedsReason):
            actions.decline_override(wish=wish, reason=" ", by=second, now=LATER)

    def test_after_the_owner_forbade_it(self, wish, second):
        Practice.objects.update(second_may_override=False)

        with pytest.raises(actions.OverridesAreOff):
            signed(wish, second)

    def test_in_a_crisis_that_came_meanwhile(self, wish, second, client_person, clinician):
        talk = actions.Talk(held=True, confirmed={"eating", "crisis"})
        decide(client_person, clinician, mode="run", decision="hold", now=LATER, talk=talk)

        with pytest.raises(actions.CrisisIsNeverOverridden):
            signed(wish, second)

    def test_when_another_exclusion_came_meanwhile(self, wish, second, client_person, clinician):
        handed_in(client_person, clinician, now=LATER, dependence={"now": 3})

        with pytest.raises(actions.ExcludedFromMoving):
            signed(wish, second)

    def test_when_its_time_is_over(self, wish, second):
        with pytest.raises(actions.OverrideTooLong):
            signed(wish, second, now=LATER + 31 * DAY)

    def test_a_second_time(self, wish, second):
        signed(wish, second)

        with pytest.raises(actions.WishAnswered):
            signed(wish, second)

    def test_a_no_leaves_everything(self, wish, second, client_person):
        actions.decline_override(wish=wish, reason="Too early.", by=second, now=LATER)

        assert not standing_for(client_person, "walk", TODAY).allows
        assert OverrideWish.objects.get().reason == "Too early."

    def test_only_who_asked_takes_it_back(self, wish, second, clinician):
        with pytest.raises(actions.NotYourWish):
            actions.take_back_override(wish=wish, by=second, now=LATER)

        assert actions.take_back_override(wish=wish, by=clinician, now=LATER).answer == "taken_back"


class TestTheDatabase:
    @pytest.mark.parametrize(
        ("assignment", "constraint"),
        [
            ("overrides = '{H3}', second_by_id = %(other)s", "only_h1_and_h2_are_ever_overridden"),
            ("overrides = '{H1,H3}', second_by_id = %(other)s", "only_h1_and_h2_are_ever_overridden"),
            ("excluded_by = '{crisis}', overrides = '{H1,H2}', second_by_id = %(other)s", "excluded_client"),
            ("excluded_by = '{eating}', overrides = '{H2}', second_by_id = %(other)s", "excluded_client"),
            ("excluded_by = '{eating}'", "excluded_client_is_not_cleared_to_move"),
            ("overrides = '{H1}', second_by_id = decided_by_id", "override_takes_a_second_person"),
            ("overrides = '{H1}'", "override_"),
            ("second_by_id = %(other)s", "override_takes_a_second_person"),
            (
                "overrides = '{H1}', second_by_id = %(other)s, review_on = valid_from + 31",
                "override_has_conditions_and_30_days",
            ),
            (
                "overrides = '{H1}', second_by_id = %(other)s, decision = 'cleared', most_minutes = NULL",
                "override_has_conditions_and_30_days",
            ),
            ("most_minutes = 4", "clearance_minutes_are_within_reason"),
            ("most_minutes = 241", "clearance_minutes_are_within_reason"),
            ("route_kinds = '{steep}'", "clearance_route_kinds_are_known"),
            ("letter_by = valid_from - 1", "clearance_letter_is_due_while_it_holds"),
            ("letter_by = review_on + 1", "clearance_letter_is_due_while_it_holds"),
            ("decision = 'cleared'", "only_a_clearance_with_conditions_has_limits"),
            ("decision = 'hold'", "only_a_clearance_with_conditions_has_limits"),
            ("most_minutes = NULL", "clearance_with_conditions_names_them"),
        ],
    )
    def test_refuses_what_must_never_be(self, second, assignment, constraint):
        kept = a_decision(
            decision="conditions", conditions="", most_minutes=30, review_on=TODAY + 20 * DAY,
            decided_at=MONDAY_NOON,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE another AS SELECT * FROM clients_clearance WHERE id = %s", [kept.pk]
            )
            cursor.execute(
                f"UPDATE another SET id = id + 1, uid = gen_random_uuid(), {assignment}",  # noqa: S608 our own words
                {"other": second.pk},
            )

        with (
            pytest.raises(IntegrityError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("INSERT INTO clients_clearance SELECT * FROM another")

    def test_an_answered_wish_never_changes(self, client_person, clinician, second, allowed, excluded):
        wish = asked(client_person, clinician)
        actions.decline_override(wish=wish, reason="No.", by=second, now=LATER)

        with pytest.raises(IntegrityError, match="answered wish"), transaction.atomic():
            OverrideWish.objects.update(answer="given")


class TestThePages:
    @pytest.fixture
    def now(self):
        return timezone.now()

    @pytest.fixture
    def shut(self, client_person, clinician, now):
        has_answered(client_person, clinician, now - DAY)
        talk = actions.Talk(held=True, confirmed={"eating"})
        return decide(client_person, clinician, decision="not_suited", talk=talk, now=now)

    def test_from_the_owners_switch_to_the_second_signature(
        self, browser_of, client_person, clinician, second, owner, shut
    ):
        owners, firsts, seconds = browser_of(owner), browser_of(clinician), browser_of(second)
        policy, ask = reverse("override_policy"), reverse("ask_override", args=[client_person.uid])
        body = {
            "mode": "walk",
            "rationale": "Ten weeks steady.",
            "conditions": "With a snack.",
            "talked": "on",
            "review_on": str(timezone.localdate() + 14 * DAY),
        }

        before = firsts.post(ask, body)
        owners.post(policy, {"allowed": "on"})
        offered = firsts.get(reverse("decide_clearance", args=[client_person.uid])).content.decode()
        sent = firsts.post(ask, body, follow=True)
        wish = OverrideWish.objects.get()
        answer = reverse("answer_override", args=[wish.uid])
        mine = firsts.post(answer, {"step": "sign", "reason": "Me too."})
        shown = seconds.get(reverse("override", args=[wish.uid])).content.decode()
        done = seconds.post(answer, {"step": "sign", "reason": "Met them."}, follow=True)

        assert (before.status_code, mine.status_code, sent.status_code) == (422, 422, 200)
        assert "Ask a second clinician" in offered
        assert "Ten weeks steady." in shown
        assert "Signed." in done.content.decode()
        assert Clearance.objects.filter(overrides=["H1"]).exists()

    def test_a_no_and_taking_back(self, browser_of, client_person, clinician, second, allowed, shut, now):
        wish = asked(client_person, clinician, now=now)
        address = reverse("answer_override", args=[wish.uid])

        declined = browser_of(second).post(address, {"step": "decline", "reason": "Too early."}, follow=True)
        again = asked(client_person, clinician, now=now)
        back = browser_of(clinician).post(
            reverse("answer_override", args=[again.uid]), {"step": "take_back"}, follow=True
        )

        assert "Declined." in declined.content.decode()
        assert "Taken back." in back.content.decode()

    def test_clinicians_do_not_switch_it_on(self, browser_of, clinician):
        assert browser_of(clinician).post(reverse("override_policy"), {"allowed": "on"}).status_code == 403
        assert not Practice.objects.get().second_may_override
