"""What pages, programs and papers show of measures, already in words."""

from clients.measures.screens.own import OwnPage, own_page
from clients.measures.screens.plans import (
    SUGGESTED,
    SUGGESTED_EVERY,
    PlanLine,
    PlansCard,
    plan_line,
    plan_line_of,
    plans_card,
)
from clients.measures.screens.series import (
    LatestMeasure,
    LatestScore,
    MeasureFigure,
    all_series,
    latest_measures,
    latest_scores,
    measure_figures,
    measure_series,
)
from clients.measures.screens.told import told_measures, told_plan

__all__ = [
    "SUGGESTED",
    "SUGGESTED_EVERY",
    "LatestMeasure",
    "LatestScore",
    "MeasureFigure",
    "OwnPage",
    "PlanLine",
    "PlansCard",
    "all_series",
    "latest_measures",
    "latest_scores",
    "measure_figures",
    "measure_series",
    "own_page",
    "plan_line",
    "plan_line_of",
    "plans_card",
    "told_measures",
    "told_plan",
]
