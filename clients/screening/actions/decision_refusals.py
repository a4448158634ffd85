"""How a decision about moving is refused."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from clients.screening.rules import FEWEST_MINUTES, MOST_MINUTES
from practice.web.refusals import Refused


class SittingIsOpen(Refused):
    """Sitting needs no clearance, so none is given or taken."""

    code, field = "sitting_is_open", "mode"
    message = _("Sitting is open to everybody; decide about walking or running.")


class NeedsRationale(Refused):
    code, field = "needs_rationale", "rationale"
    message = _("Write why, in a sentence or two.")


class NeedsConditions(Refused):
    code, field = "needs_conditions", "conditions"
    message = _("Name the conditions: a limit, or in words.")


class LimitsNeedConditions(Refused):
    """Who is cleared without conditions has none; who is on hold does not move at all."""

    code, field = "limits_need_conditions", "decision"
    message = _("Limits go with “Cleared with conditions”. Choose it, or leave the limits empty.")


class MinutesOutOfReason(Refused):
    code, field = "minutes_out_of_reason", "most_minutes"
    message = _("Between %(least)d and %(most)d minutes.") % {"least": FEWEST_MINUTES, "most": MOST_MINUTES}


class UnknownRouteKind(Refused):
    code, field = "unknown_route_kind", "route_kinds"
    status: ClassVar[int] = 400
    message = _("Please choose one of these.")


class LetterDueOutside(Refused):
    """A letter that is due after the decision has ended would never be asked for."""

    code, field = "letter_due_outside", "letter_by"
    message = _("The letter is due from today on, and before the decision is looked at again.")


class WalkOnly(Refused):
    code, field = "walk_only", "run_decision"
    message = _("Walk only means that running waits. Leave running as it is, or choose one of the two.")


class ReviewInThePast(Refused):
    code, field = "review_in_the_past", "review_on"
    message = _("The review date has passed. Choose today or a later day.")


class ReviewTooFar(Refused):
    code, field = "review_too_far", "review_on"
    message = _("Look at it again within a year.")


class NotTheirScreening(Refused):
    code, field = "not_their_screening", "screening"
    status: ClassVar[int] = 400
    message = _("These answers are not this client's.")


class NotSubmitted(Refused):
    """Nobody is cleared on half a form."""

    code, field = "not_submitted", "screening"
    message = _("The client has not handed these answers in yet.")


class ExcludedFromMoving(Refused):
    """A current eating disorder, addiction or crisis: no moving sessions, whoever decides."""

    code, field = "excluded_from_moving", "decision"
    message = _("Not while there is a current eating disorder, addiction or crisis. Offer another format.")


class AlertOpen(Refused):
    code, field = "alert_open", "decision"
    message = _("A safety answer is still open. Close it first, with what was done.")


class TalkFirst(Refused):
    """A positive screen, a hold and a no stand until a clinician has spoken with the client."""

    code, field = "talk_first", "talked"
    message = _("These answers need a conversation first. Confirm that you have talked with the client.")


class AskFirst(Refused):
    """A yes rests on answers to every question of the gate, none too old; its sentence says what to ask."""

    code, field = "ask_first", "decision"
    message = _("Ask the questions first, and decide once the answers are handed in.")


class UnknownExclusion(Refused):
    code, field = "unknown_exclusion", "exclusions"
    status: ClassVar[int] = 400
    message = _("Exclusions are eating, addiction and crisis.")


class NothingDecided(Refused):
    code, field = "nothing_decided", "walk_decision"
    status: ClassVar[int] = 400
    message = _("Decide about walking, running, or both.")


class DecidedMeanwhile(Refused):
    code = "decided_meanwhile"
    message = _("Something has changed since you opened this page. Look at it again before you decide.")


class NoLetterAwaited(Refused):
    code = "no_letter_awaited"
    message = _("This decision does not wait for a doctor’s letter.")


class LetterSeenAlready(Refused):
    code = "letter_seen_already"
    message = _("Somebody has seen the letter already.")
