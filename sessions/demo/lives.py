"""Plays a client's story through the same actions that real people use, each at its own moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.instruments import load
from clients.models import Client, Screening
from clients.record.actions import (
    join_care_team,
    open_portal,
    register_client,
    set_status,
)
from clients.runs.actions import log_run
from clients.runs.rules import RunEntry
from clients.screening.actions import (
    Talk,
    answer,
    answer_in_person,
    ask_screening,
    decide_clearance,
    submit_screening,
)
from clients.screening.rules import REVIEWED
from practice.models import Member
from sessions.booking.actions import (
    book_session,
    cancel_session,
    complete_session,
    mark_no_show,
)
from sessions.demo import words
from sessions.demo.again import look_again
from sessions.demo.answers import answers_for, contact_of, on_the_way
from sessions.demo.check_ins import CHECK_IN, plan_check_ins
from sessions.demo.people import TIME_ZONE, Life
from sessions.models import Route, TherapySession
from sessions.notes.actions import save_draft, sign_note

REVIEW_EVERY = timedelta(days=80)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Who and what every story shares."""

    now: datetime
    rng: Random
    staff: dict[str, Member]
    routes: dict[str, Route]
    password: str

    def at(self, days_ago: float, hour: int = 9, minute: int = 0) -> datetime:
        """That many days before today, at a local time; never later than now."""
        day = self.now.astimezone(ZoneInfo(TIME_ZONE)).date() - timedelta(days=int(days_ago))
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(TIME_ZONE))
        return min(moment, self.now)


@dataclass(kw_only=True)
class Story:
    """One life on the stage."""

    stage: Stage
    life: Life
    client: Client = field(init=False)
    clinician: Member = field(init=False)

    def play(self) -> Client:
        self.clinician = self.stage.staff[self.life.treated_by.email]
        self._arrive()
        if self.life.is_screened:
            self._intake()
        self._meet()
        self._check_ins()
        self._log()
        if self.life.has_open_check_in or self.life.asks_for_help:
            self._leave_a_check_in_open()
        self._end()
        return self.client

    @property
    def begins(self) -> int:
        """Days ago that the person was registered."""
        return self.life.weeks * 7 + 12

    def _arrive(self) -> None:
        life, at = self.life, self.stage.at(self.begins)
        self.client = register_client(
            name=life.name,
            pronouns=life.pronouns,
            email=life.email,
            phone=life.phone,
            born_on=life.born_on,
            focus=life.focus,
            emergency_contact=contact_of(life),
            by=self.clinician,
            now=at,
        )
        open_portal(
            client=self.client, email=life.email, password=self.stage.password, by=self.clinician, now=at
        )
        self.client.refresh_from_db()
        if life.supervised:
            supervisor = self.stage.staff["supervisor@demo.example"]
            join_care_team(
                client=self.client, member=supervisor, part="supervising", by=self.clinician, now=at
            )

    def _portal(self) -> Member:
        """The client as a member; the portal was opened on arrival."""
        assert self.client.member is not None  # noqa: S101 - tells the type checker what _arrive did
        return self.client.member

    def _intake(self) -> None:
        life = self.life
        days_ago = self.begins - 2 if life.weeks else 1
        screening = ask_screening(
            client=self.client, purpose="intake", by=self.clinician, now=self.stage.at(days_ago + 1)
        )
        totals = {"phq9": life.phq[0], "gad7": life.gad[0]}
        self._fill(screening, totals, self.stage.at(days_ago, 18, 20))
        if life.decisions:
            self._decide(self.stage.at(days_ago - 1 if life.weeks else 0, 12), screening)
            set_status(
                client=self.client, status="active", by=self.clinician, now=self.stage.at(days_ago - 1)
            )

    def _review(self, days_ago: int) -> None:
        """The questions asked again and answered, and the decision on them."""
        screening = ask_screening(
            client=self.client,
            purpose="review",
            instruments=REVIEWED,
            by=self.clinician,
            now=self.stage.at(days_ago + 3, 8),
        )
        came = 1 - days_ago / self.begins
        totals = {"phq9": on_the_way(self.life.phq, came), "gad7": on_the_way(self.life.gad, came)}
        self._fill(screening, totals, self.stage.at(days_ago + 2, 19))
        self._decide(self.stage.at(days_ago, 8), screening)

    def _fill(self, screening: Screening, totals: dict[str, int], at: datetime) -> None:
        for response in screening.responses.order_by("order", "pk"):
            sheet = answers_for(response.instrument, totals) | self.life.intake.get(response.instrument, {})
            if response.asked_by_clinician:
                answer_in_person(response=response, answers=sheet, by=self.clinician, now=at)
                continue
            for item, value in sheet.items():
                answer(response=response, item=item, value=value, by=self._portal(), now=at)
        submit_screening(screening=screening, by=self._portal(), now=at)
        screening.refresh_from_db()

    def _decide(self, at: datetime, screening: Screening | None) -> None:
        for decision in self.life.decisions:
            decide_clearance(
                client=self.client,
                mode=decision.mode,
                decision=decision.decision,
                rationale=decision.rationale,
                conditions=decision.conditions,
                review_on=at.date() + timedelta(days=90),
                screening=screening,
                talk=Talk(held=True, confirmed=self.life.confirmed),
                by=self.clinician,
                now=at,
            )

    def _check_ins(self) -> None:
        """The measures after the first, evenly from the intake to last week; the open one waits in the portal."""
        later = list(zip(self.life.phq, self.life.gad, strict=True))[1:]
        if later:
            plan_check_ins(self.client, by=self.clinician, at=self.stage.at(self.begins - 3))
        for number, (phq, gad) in enumerate(later, start=1):
            days_ago = self.begins - (self.begins - 5) * number // len(later)
            screening = ask_screening(
                client=self.client,
                purpose="measure",
                instruments=CHECK_IN,
                by=self.clinician,
                now=self.stage.at(days_ago, 8),
            )
            self._fill(screening, {"phq9": phq, "gad7": gad}, self.stage.at(days_ago, 19))
            look_again(self.client, self._decide, by=self.clinician, at=self.stage.at(days_ago - 1, 12))

    def _leave_a_check_in_open(self) -> None:
        screening = ask_screening(
            client=self.client,
            purpose="measure",
            instruments=CHECK_IN,
            by=self.clinician,
            now=self.stage.at(1, 17),
        )
        if self.life.asks_for_help:
            response = screening.responses.get(instrument="phq9")
            answer(
                response=response,
                item=load("phq9").items[-1].key,
                value=1,
                by=self._portal(),
                now=self.stage.at(0, 7, 58),
            )

    def _meet(self) -> None:
        today = self.stage.at(0, 0).date()
        reviewed_on = today - timedelta(days=self.begins)
        last = 8 if self.life.ended else -2
        for week in range(self.life.weeks, last - 1, -1) if self.life.moves else ():
            day = today + timedelta(days=self.life.day - 7 * week)
            if day - reviewed_on > REVIEW_EVERY and self.life.decisions:
                reviewed_on = min(day, today)
                self._review((today - reviewed_on).days)
            self._one_session(day, week)

    def _one_session(self, day: date, week: int) -> None:
        start = datetime.combine(day, self.life.at, ZoneInfo(TIME_ZONE))
        session = self._book(start, self.life.moves[week % len(self.life.moves)])
        over = session.ends_at + timedelta(minutes=5)
        if week % 11 == 5:  # noqa: PLR2004 - now and then something comes up
            reason = self.stage.rng.choice(words.CANCELLED)
            at = min(start - timedelta(days=1), self.stage.now)
            cancel_session(session=session, reason=reason, by=self.clinician, now=at)
        elif over > self.stage.now or day == self.stage.now.astimezone(ZoneInfo(TIME_ZONE)).date():
            return
        elif week % 13 == 7:  # noqa: PLR2004 - now and then somebody does not come
            mark_no_show(session=session, by=self.clinician, now=over)
        else:
            complete_session(session=session, by=self.clinician, now=over)
            self._write_up(session, over, week)

    def _book(self, start: datetime, mode: str) -> TherapySession:
        moves = mode != "sit"
        return book_session(
            client=self.client,
            clinician=self.clinician,
            mode=mode,
            place="outdoors" if moves else "office",
            starts_at=start,
            minutes=50,
            route=self.stage.routes[self.life.route] if moves else None,
            pace="chat" if moves else "",
            by=self.clinician,
            now=min(start - timedelta(days=6), self.stage.now),
        )

    def _write_up(self, session: TherapySession, over: datetime, week: int) -> None:
        if week <= self.life.unwritten:
            return
        note = save_draft(
            session=session,
            format="soap",
            body=dict(words.SOAP[week % len(words.SOAP)]),
            walk=dict(words.WALKS[week % len(words.WALKS)]) if session.is_moving else {},
            version=0,
            by=self.clinician,
            now=over,
        )
        sign_note(note=note, by=self.clinician, now=over + timedelta(minutes=10))

    def _log(self) -> None:
        days = max(self.life.weeks * 7, 14)
        first = 60 if self.life.ended else 0
        for number in range(self.life.logs):
            days_ago = first + int((number + 0.5) * (days - first) / self.life.logs)
            self._one_log(number, days_ago)

    def _one_log(self, number: int, days_ago: int) -> None:
        rng = self.stage.rng
        started = self.stage.at(days_ago, rng.randint(6, 19), rng.randint(0, 59)) - timedelta(hours=2)
        activity = self.life.activities[number % len(self.life.activities)]
        before = rng.randint(1, 4)
        entry = RunEntry(
            activity=activity,
            started_at=started,
            utc_offset_minutes=self.life.offset_minutes,
            minutes=None if activity == "rest" else rng.choice((5, 10, 15, 20, 25, 30, 40)),
            mood_before=before,
            mood_after=min(5, max(1, before + rng.choice((-1, 0, 0, 1, 1, 2)))),
            effort="" if activity == "rest" else rng.choice(("sing", "chat", "chat", "phrases")),
            distance_m=None,
            context=() if activity == "rest" else rng.choice(words.CONTEXTS),
            journal=rng.choice(words.JOURNALS) if number % 3 == 0 else "",
            share=number % 7 != 3,  # noqa: PLR2004 - one in seven stays with the client
        )
        log_run(
            client=self.client,
            uid=UUID(int=rng.getrandbits(128), version=4),
            entry=entry,
            by=self._portal(),
            now=started + timedelta(hours=1),
        )

    def _end(self) -> None:
        if self.life.ended:
            set_status(client=self.client, status="ended", by=self.clinician, now=self.stage.at(50))
