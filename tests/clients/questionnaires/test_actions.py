"""Which questionnaires a practice uses, who stands up for it, and results from elsewhere."""

from datetime import timedelta
from typing import Any

import pytest

from clients.instruments import keys, load, offered, read, score
from clients.models import InstrumentVersion, OutsideResult, PracticeInstrument, Rescreen
from clients.questionnaires import actions
from clients.questionnaires.actions import raising
from clients.questionnaires.actions.entering import Entry
from clients.rescreening.actions import trigger
from clients.screening import actions as screening
from clients.screening import rules
from clients.screening.evidence import hits_of
from clients.screening.standing import standing_for
from practice.models import AuditEvent
from tests.clients.instruments.made_up import as_json, made_up, ten_questions
from tests.clients.screening.answering import decide, fill, has_answered
from tests.factories import MONDAY_NOON, ClearanceFactory, ClientFactory

pytestmark = pytest.mark.django_db
LATER = MONDAY_NOON + timedelta(days=1)


def bring(owner, *, statement="ours", proof="", now=MONDAY_NOON, **changes):
    return actions.add_file(
        raw=as_json(made_up(**changes)), statement=statement, proof=proof, by=owner, now=now
    )


class TestSwitchingOn:
    def test_it_can_be_asked_from_then_on(self, owner):
        assert "auditc" not in keys()

        actions.switch_on(key="auditc", understood=True, by=owner, now=MONDAY_NOON)

        assert "auditc" in keys()
        row = PracticeInstrument.objects.get()
        assert (row.statement, row.taken_by, row.taken_at, row.content) == (
            "understood",
            owner,
            MONDAY_NOON,
            None,
        )
        assert AuditEvent.objects.filter(action="instrument_taken").exists()

    def test_it_stands_in_its_place_in_the_order(self, owner):
        actions.switch_on(key="auditc", understood=True, by=owner, now=MONDAY_NOON)

        assert keys().index("alcohol") + 1 == keys().index("auditc")

    def test_it_needs_a_word_that_the_licence_is_known(self, owner):
        with pytest.raises(actions.StatementMissing):
            actions.switch_on(key="auditc", understood=False, by=owner, now=MONDAY_NOON)

        assert "auditc" not in keys()

    @pytest.mark.parametrize("key", ["phq9", "core10", "audit", "../x"])
    def test_only_those_of_its_tier_are_switched(self, owner, key):
        with pytest.raises(actions.NotSwitchable):
            actions.switch_on(key=key, understood=True, by=owner, now=MONDAY_NOON)

    def test_twice_is_refused(self, owner):
        actions.switch_on(key="eai", understood=True, by=owner, now=MONDAY_NOON)

        with pytest.raises(actions.InUseAlready):
            actions.switch_on(key="eai", understood=True, by=owner, now=LATER)

    def test_it_is_put_away_and_taken_up_again(self, owner):
        actions.switch_on(key="eai", understood=True, by=owner, now=MONDAY_NOON)

        row = actions.put_away(key="eai", by=owner, now=LATER)
        assert "eai" not in keys()
        assert (row.put_away_by, row.put_away_at) == (owner, LATER)

        actions.switch_on(key="eai", understood=True, by=owner, now=LATER)
        assert "eai" in keys()
        assert PracticeInstrument.objects.count() == 2

    @pytest.mark.parametrize("key", ["phq9", "eai", "nothing"])
    def test_what_is_not_in_use_cannot_be_put_away(self, owner, key):
        with pytest.raises(actions.NotInUse):
            actions.put_away(key=key, by=owner, now=MONDAY_NOON)

    def test_what_is_off_cannot_be_asked(self, client_person, clinician):
        with pytest.raises(screening.UnknownQuestionnaire, match="scoff"):
            screening.ask_screening(
                client=client_person, purpose="review", instruments=["scoff"], by=clinician, now=MONDAY_NOON
            )


class TestFilesOfOnesOwn:
    def test_it_is_asked_and_scored_like_any_other(self, owner, client_person, clinician):
        bring(owner)

        asked = screening.ask_screening(
            client=client_person, purpose="measure", instruments=["our_check"], by=clinician, now=MONDAY_NOON
        )
        fill(asked, client_person.member, MONDAY_NOON)
        screening.submit_screening(screening=asked, by=client_person.member, now=MONDAY_NOON)

        response = asked.responses.get()
        assert response.version == "1"
        assert response.result["total"] == 2
        assert keys()[-1] == "our_check"

    def test_who_says_so_and_why_is_kept(self, owner):
        row = bring(owner, tier="C", statement="permission", proof="Letter of 3 May")

        assert (row.tier, row.statement, row.proof) == ("C", "permission", "Letter of 3 May")
        assert (row.taken_by, row.taken_at) == (owner, MONDAY_NOON)
        assert len(row.sha256) == 64

    @pytest.mark.parametrize(
        ("tier", "statement"),
        [("C", "ours"), ("C", ""), ("C", "understood"), ("D", "non_commercial"), ("own", "permission")],
    )
    def test_the_statement_fits_the_tier(self, owner, tier, statement):
        with pytest.raises(actions.StatementMissing):
            bring(owner, tier=tier, statement=statement)

        assert not PracticeInstrument.objects.exists()

    @pytest.mark.parametrize("tier", ["A", "A-ND", "B"])
    def test_a_file_does_not_call_itself_free(self, owner, tier):
        with pytest.raises(actions.TierNotForFiles):
            bring(owner, tier=tier)

    @pytest.mark.parametrize("key", ["phq9", "k10", "asq"])
    def test_a_file_does_not_take_the_place_of_ours(self, owner, key):
        with pytest.raises(actions.KeyIsOurs):
            bring(owner, key=key)

        assert load(key).tier != "own"

    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            (b"\x00\x01", "cannot be read"),
            (b"x" * 70_000, "larger than 64 KB"),
            (b"{}", "lacks"),
            (as_json(made_up(items=[])), "1 to 100 entries"),
        ],
    )
    def test_a_file_that_cannot_be_used_says_why(self, owner, raw, words):
        with pytest.raises(actions.NotAFile, match=words):
            actions.add_file(raw=raw, statement="ours", proof="", by=owner, now=MONDAY_NOON)

        assert not PracticeInstrument.objects.exists()

    def test_a_new_version_takes_the_place_of_the_old(self, owner):
        bring(owner)

        bring(owner, version="2", name="Our check, better", now=LATER)

        assert [one.name for one in offered() if one.key == "our_check"] == ["Our check, better"]
        assert PracticeInstrument.objects.get(version="1").put_away_at == LATER

    def test_other_words_need_another_version(self, owner):
        bring(owner)

        with pytest.raises(actions.SameVersion):
            bring(owner, name="Our check, secretly changed")

        assert load("our_check").name == "Our check"

    def test_the_same_file_twice_is_in_use_already(self, owner):
        bring(owner)

        with pytest.raises(actions.InUseAlready):
            bring(owner, now=LATER)

    def test_the_same_file_may_come_back(self, owner):
        bring(owner)
        actions.put_away(key="our_check", by=owner, now=LATER)

        bring(owner, now=LATER)

        assert "our_check" in keys()

    def test_what_was_answered_reads_and_scores_as_it_did(self, owner, client_person, clinician):
        from clients.instruments import read  # noqa: PLC0415 - beside what it is about

        bring(owner)
        asked = screening.ask_screening(
            client=client_person, purpose="measure", instruments=["our_check"], by=clinician, now=MONDAY_NOON
        )
        flat = [{"key": "q1", "text": "Anything?"}]
        bring(owner, version="2", now=LATER, items=flat, bands=[[0, "none"]], cut_off=1)

        snapshot = read(asked.responses.get().snapshot)

        assert next(item.text for item in snapshot.items) == "Did it go well?"
        assert score(snapshot, {"q1": 2, "q2": 0, "q3": 2}).total == 6

    def test_a_file_that_was_put_away_is_still_found_by_its_key(self, owner):
        bring(owner)
        actions.put_away(key="our_check", by=owner, now=LATER)

        assert "our_check" not in keys()
        assert load("our_check").name == "Our check"


class TestRaisedVersions:
    @pytest.fixture
    def moving(self, client_person, clinician, owner):
        """Somebody who answered version 1 and may walk."""
        bring(owner)
        asked = screening.ask_screening(
            client=client_person, purpose="measure", instruments=["our_check"], by=clinician, now=MONDAY_NOON
        )
        fill(asked, client_person.member, MONDAY_NOON)
        screening.submit_screening(screening=asked, by=client_person.member, now=MONDAY_NOON)
        ClearanceFactory(client=client_person, decided_by=clinician)
        actions.notice_versions(now=MONDAY_NOON)
        return client_person

    def test_the_first_look_only_begins_the_counting(self, moving):
        assert not Rescreen.objects.exists()
        assert InstrumentVersion.objects.filter(key="phq9", version="1").exists()

    def test_whoever_was_decided_about_on_the_old_one_is_looked_at_again(self, moving, owner):
        bring(owner, version="2", name="Our check, better", now=LATER)

        assert actions.notice_versions(now=LATER) == 1

        task = Rescreen.objects.get()
        assert (task.kind, task.client) == ("instrument_changed", moving)
        assert "Our check, better, version 2" in task.why

    def test_once(self, moving, owner):
        bring(owner, version="2", name="Our check, better", now=LATER)
        actions.notice_versions(now=LATER)

        assert actions.notice_versions(now=LATER) == 0
        assert Rescreen.objects.count() == 1

    def test_a_crash_in_between_is_made_up_for(self, moving, owner):
        bring(owner, version="2", name="Our check, better", now=LATER)
        InstrumentVersion.objects.create(key="our_check", version="2", first_seen_at=LATER)

        assert actions.notice_versions(now=LATER) == 1

    def test_one_that_cannot_be_done_keeps_nobody_waiting_and_is_tried_again(
        self, moving, owner, clinician, monkeypatch
    ):
        other = ClientFactory(portal=True, treated_by=clinician)
        asked = screening.ask_screening(
            client=other, purpose="measure", instruments=["our_check"], by=clinician, now=MONDAY_NOON
        )
        fill(asked, other.member, MONDAY_NOON)
        screening.submit_screening(screening=asked, by=other.member, now=MONDAY_NOON)
        ClearanceFactory(client=other, decided_by=clinician)
        bring(owner, version="2", name="Our check, better", now=LATER)
        with monkeypatch.context() as broken:
            broken.setattr(
                raising,
                "trigger",
                lambda client, **given: 1 / 0 if client == moving else trigger(client=client, **given),
            )

            assert actions.notice_versions(now=LATER) == 1

        assert Rescreen.objects.get().client == other
        assert actions.notice_versions(now=LATER) == 1
        assert actions.notice_versions(now=LATER) == 0

    def test_nobody_else_is_bothered(self, moving, owner, stranger):
        ClearanceFactory(client=stranger)
        bring(owner, version="2", name="Our check, better", now=LATER)

        actions.notice_versions(now=LATER)

        assert not Rescreen.objects.filter(client=stranger).exists()


def entry(**changes):
    usual: dict[str, Any] = {"name": "WSAS", "score": "14", "taken_on": MONDAY_NOON.date()}
    return Entry(**usual | changes)


class TestResultsFromElsewhere:
    def test_it_is_kept_with_who_and_when(self, client_person, clinician):
        row = actions.enter_result(
            client=client_person,
            entry=entry(link="https://results.example/1", note="From the surgery."),
            by=clinician,
            now=MONDAY_NOON,
        )

        row = OutsideResult.objects.get(pk=row.pk)
        assert (row.name, row.score, row.note) == ("WSAS", "14", "From the surgery.")
        assert (row.entered_by, row.entered_at) == (clinician, MONDAY_NOON)
        assert AuditEvent.objects.filter(action="result_entered").exists()

    @pytest.mark.parametrize("changes", [{"name": " "}, {"score": ""}])
    def test_it_needs_a_name_and_a_score(self, client_person, clinician, changes):
        with pytest.raises(actions.NothingEntered):
            actions.enter_result(client=client_person, entry=entry(**changes), by=clinician, now=MONDAY_NOON)

    def test_it_is_not_from_the_future(self, client_person, clinician):
        with pytest.raises(actions.TakenInTheFuture):
            actions.enter_result(
                client=client_person, entry=entry(taken_on=LATER.date()), by=clinician, now=MONDAY_NOON
            )

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example", "results.example", "//x"])
    def test_a_link_leads_to_a_page(self, client_person, clinician, link):
        with pytest.raises(actions.LinkUnsafe):
            actions.enter_result(client=client_person, entry=entry(link=link), by=clinician, now=MONDAY_NOON)

    def test_a_mistake_is_struck_out_and_stays(self, client_person, clinician):
        row = actions.enter_result(client=client_person, entry=entry(), by=clinician, now=MONDAY_NOON)

        row = actions.strike_result(result=row, by=clinician, now=LATER)

        assert (row.struck_by, row.struck_at) == (clinician, LATER)
        assert OutsideResult.objects.get().score == "14"
        assert not OutsideResult.objects.standing().exists()

    def test_it_is_struck_once(self, client_person, clinician):
        row = actions.enter_result(client=client_person, entry=entry(), by=clinician, now=MONDAY_NOON)
        actions.strike_result(result=row, by=clinician, now=LATER)

        with pytest.raises(actions.StruckAlready):
            actions.strike_result(result=row, by=clinician, now=LATER)


class TestWhatRulesReadOfAResult:
    @pytest.mark.parametrize(
        ("name", "score", "walk", "rule"),
        [
            ("AUDIT", "15", "", ""),
            ("AUDIT", "16, harmful", "hold", "H2a"),
            ("audit", "20 of 40", "hold", "H2"),
            ("DAST-10", "3", "hold", "H2a"),
            ("DAST-10", "6", "hold", "H2"),
            ("BDI", "40", "", ""),
            ("AUDIT", "severe", "", ""),
        ],
    )
    def test_it_holds_as_the_answers_would(self, client_person, clinician, name, score, walk, rule):
        entered(client_person, clinician, name, score)

        standing = standing_for(client_person, "walk", MONDAY_NOON.date())
        assert (standing.code, standing.clearance and standing.clearance.by_rule) == (
            (walk, rule) if walk else ("undecided", None)
        )

    def test_a_score_that_excludes_is_never_cleared(self, client_person, clinician):
        has_answered(client_person, clinician)
        entered(client_person, clinician, "AUDIT", "25")

        with pytest.raises(screening.ExcludedFromMoving):
            decide(client_person, clinician, talk=screening.Talk(held=True), now=LATER)

    def test_struck_out_it_counts_no_more(self, client_person, clinician):
        row = entered(client_person, clinician, "AUDIT", "25")
        actions.strike_result(result=row, by=clinician, now=MONDAY_NOON)

        assert rules.exclusions(hits_of(client_person, MONDAY_NOON.date())) == frozenset()

    def test_the_newest_counts(self, client_person, clinician):
        entered(client_person, clinician, "AUDIT", "25", days_ago=30)
        entered(client_person, clinician, "AUDIT", "7", days_ago=3)

        assert hits_of(client_person, MONDAY_NOON.date()) == ()

    @pytest.mark.parametrize(("days_ago", "counts"), [(3, False), (2, True), (1, True)])
    def test_answers_here_that_came_later_stand_in_its_place(
        self, client_person, clinician, days_ago, counts
    ):
        has_answered(client_person, clinician, MONDAY_NOON - timedelta(days=2))
        entered(client_person, clinician, "BBGS", "3", days_ago=days_ago)

        assert bool(hits_of(client_person, MONDAY_NOON.date())) is counts

    def test_a_clearance_after_the_talk_is_not_held_by_a_later_result_of_another_kind(
        self, client_person, clinician
    ):
        has_answered(client_person, clinician, drugs={"times": 1})
        decide(client_person, clinician, talk=screening.Talk(held=True))

        entered(client_person, clinician, "AUDIT", "3")

        assert standing_for(client_person, "walk", MONDAY_NOON.date()).allows

    @pytest.mark.parametrize(("name", "score"), [("AUDIT", "41"), ("EAI", "5"), ("DAST-10", "11")])
    def test_a_score_that_it_cannot_have_is_refused(self, client_person, clinician, name, score):
        with pytest.raises(actions.NotItsPoints):
            entered(client_person, clinician, name, score)

        assert not OutsideResult.objects.exists()


@pytest.mark.parametrize(("total", "excluded"), [(19, False), (20, True), (21, True)])
def test_a_scale_is_read_whatever_the_key_of_its_file_is(client_person, clinician, total, excluded):
    file = read(ten_questions(key="alcohol_ten", name="AUDIT", scale="audit"))
    answers = {item.key: min(4, max(0, total - 4 * number)) for number, item in enumerate(file.items)}

    hits = rules.assess({"alcohol_ten": rules.Sheet(instrument=file, answers=answers)})

    assert ("addiction" in rules.exclusions(hits)) is excluded
    assert any(hit.code in {"H2", "H2a"} and hit.measured.startswith(f"AUDIT {total} of 40") for hit in hits)


def entered(client, by, name, score, days_ago=1):
    entry = Entry(name=name, score=score, taken_on=MONDAY_NOON.date() - timedelta(days=days_ago))
    return actions.enter_result(client=client, entry=entry, by=by, now=MONDAY_NOON)
