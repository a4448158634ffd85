"""How booking says no: a code for programs, a sentence for people, the field at fault."""

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Refused, Words

NOT_CLEARED_FOR: dict[str, Words] = {
    "walk": _("This client is not cleared for walking on that day. Ask their clinician."),
    "run": _("This client is not cleared for running on that day. Ask their clinician."),
}
"""All that the desk learns, whatever the reason."""


class NotCleared(Refused):
    """Its sentence is the reason that the client's standing gives, for those who may read it."""

    code = "not_cleared"
    message = _("This client is not cleared for this way of meeting on that day. Ask their clinician.")
    field = "mode"


class LongerThanAgreed(Refused):
    """The clearance names the minutes; those who may read it read them."""

    code = "longer_than_agreed"
    message = _(
        "That is longer than the clinician has agreed for moving with this client. Ask the clinician."
    )
    field = "minutes"


class RouteNotAgreed(Refused):
    """The clearance names what the route is like; those who may read it read it."""

    code = "route_not_agreed"
    message = _("This way is not what the clinician has agreed for moving with this client. Ask them.")
    field = "route"


class IsOnHold(Refused):
    """What is on hold did not take place as a walk or run: first somebody says what became of it."""

    code = "session_on_hold"
    message = _("This session is on hold. First choose: sit instead, or cancel it.")


class AgreementMissing(Refused):
    """The practice books moving sessions only on a standing agreement, and there is none for that day."""

    code = "agreement_missing"
    message = _(
        "The agreement for walking and running sessions is not signed for that day. Ask the client to sign it, "
        "or book a sitting session."
    )
    field = "mode"


class ClinicianTaken(Refused):
    code = "clinician_taken"
    message = _("The clinician already has a session then, or is on the way back from one. Try another time.")
    field = "time"


class ClientTaken(Refused):
    code = "client_taken"
    message = _("The client already has a session then. Try another time.")
    field = "time"


class EndsBeforeItStarts(Refused):
    code = "ends_before_it_starts"
    message = _("That session would end before it starts. Give the minutes it lasts.")
    field = "minutes"


class TooShort(Refused):
    code = "session_too_short"
    message = _("A session lasts at least 10 minutes.")
    field = "minutes"


class TooLong(Refused):
    code = "session_too_long"
    message = _("A session lasts at most 240 minutes. Book two, with a pause between.")
    field = "minutes"


class TooLongAgo(Refused):
    code = "too_long_ago"
    message = _(
        "That day is past. A clinician can add a session up to 31 days later, the front desk up to one day."
    )
    field = "date"


class TooFarAhead(Refused):
    code = "too_far_ahead"
    message = _("That is more than a year ahead. Check the year.")
    field = "date"


class ClientEnded(Refused):
    code = "client_ended"
    message = _("Work with this client has ended. Make them active again first.")
    field = "client"


class NotTreating(Refused):
    code = "not_in_care_team"
    message = _("This clinician does not treat this client on that day. Add them to the care team first.")
    field = "clinician"


class NoPace(Refused):
    code = "pace_missing"
    message = _("Choose a pace in words, so that both know what to expect.")
    field = "pace"


class MovesOutdoors(Refused):
    code = "moves_outdoors"
    message = _("Walking and running sessions are outdoors. Sitting can be anywhere.")
    field = "place"


class RouteArchived(Refused):
    code = "route_archived"
    message = _("This route is no longer in use. Choose another.")
    field = "route"


class FormUsed(Refused):
    code = "form_already_used"
    message = _(
        "This form has booked a session already. If you want another one as well, press the button again."
    )


class MovedMeanwhile(Refused):
    code = "moved_meanwhile"
    message = _("Somebody changed this session meanwhile. Look at it again, then change it.")


class NotBooked(Refused):
    code = "not_booked"
    message = _("This session is closed. Put it back first.")


class NotStarted(Refused):
    code = "not_started"
    message = _("This session has not started yet.")


class UnknownReason(Refused):
    code = "unknown_reason"
    message = _("Choose why the session is cancelled.")
    field = "reason"


class HasNote(Refused):
    code = "has_signed_note"
    message = _("A signed note says how this session went, so its state stays. Add to the note instead.")
