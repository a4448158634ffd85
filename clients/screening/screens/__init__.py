"""What the pages of this room show, already in words."""

from clients.screening.screens.deciding import DecisionPage, decision_page, overrides_are_allowed
from clients.screening.screens.evidence import Evidence, evidence_of
from clients.screening.screens.portal import MyScreening, Question, my_screening, reader_of
from clients.screening.screens.queue import ReviewQueue, review_queue
from clients.screening.screens.signing import DecidedLine, decided_lines
from clients.screening.screens.staff import AlertPage, ScreeningPage, alert_page, screening_page

__all__ = [
    "AlertPage",
    "DecidedLine",
    "DecisionPage",
    "Evidence",
    "MyScreening",
    "Question",
    "ReviewQueue",
    "ScreeningPage",
    "alert_page",
    "decided_lines",
    "decision_page",
    "evidence_of",
    "my_screening",
    "overrides_are_allowed",
    "reader_of",
    "review_queue",
    "screening_page",
]
