"""What the fictional people write: journals, notes, reasons. Plain, short, and about nobody."""

JOURNALS = (
    "Went to the lock and back. The heron was there.",
    "Slow enough to talk to myself.",
    "Did not want to go. Glad I went.",
    "Rain, and a good coat.",
    "Turned round early, and that was fine.",
    "Slept better. Noticed the air.",
    "Thought about what we said on Tuesday.",
    "Quiet towpath. Counted boats instead of thoughts.",
    "Legs heavy, head lighter.",
    "Met a neighbour and chatted.",
)

SOAP = (
    {
        "subjective": "Describes the week as heavy in the mornings, easier after going out.",
        "objective": "Walked side by side throughout; voice livelier in the second half.",
        "assessment": "Mood lifting slowly; avoids crowds less than last month.",
        "plan": "Notice the first five minutes outside. Same time next week.",
    },
    {
        "subjective": "Two evenings with friends; one morning in bed.",
        "objective": "Talking pace held; stopped once by the bridge to finish a thought.",
        "assessment": "Works with what helps; doubts come after good days.",
        "plan": "Write down one good moment a day, no more.",
    },
    {
        "subjective": "Worried about the visit at the weekend.",
        "objective": "Pace quicker when speaking of home; slowed together.",
        "assessment": "Old worry, met with more calm than in spring.",
        "plan": "Practise the sentence for the visit; call if it gets too much.",
    },
)
WALKS = (
    {"minutes_moving": "40", "pace_kept": "chat", "weather": "Dry, a light wind."},
    {
        "minutes_moving": "35",
        "minutes_seated": "10",
        "pace_kept": "chat",
        "weather": "Drizzle; kept to the trees.",
    },
    {"minutes_moving": "42", "pace_kept": "sing", "movement": "Slowed down together when it got heavy."},
)
CANCELLED = ("client", "unwell", "weather")
CONTEXTS = (
    (),
    ("alone", "nature"),
    ("with_others",),
    ("streets",),
    ("usual_route", "nature"),
    ("new_route",),
)
