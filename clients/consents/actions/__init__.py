"""What people do with agreements: read, tick, sign, take back, ask, and publish a new text."""

from clients.consents.actions.asking import ask_to_sign
from clients.consents.actions.kinds import UnknownKind, allow, withhold
from clients.consents.actions.publishing import (
    DraftIsOld,
    NoDraft,
    NothingChanged,
    PointsGone,
    drop_draft,
    publish,
    save_draft,
    set_rule,
)
from clients.consents.actions.signing import (
    GuardianMissing,
    NoGuardianNeeded,
    NoSignature,
    NotOfAge,
    PointsMissing,
    TextChanged,
    UnknownPoint,
    save_point,
    sign_agreement,
    talk_first,
)
from clients.consents.actions.withdrawing import withdraw_agreement

__all__ = [
    "DraftIsOld",
    "GuardianMissing",
    "NoDraft",
    "NoGuardianNeeded",
    "NoSignature",
    "NotOfAge",
    "NothingChanged",
    "PointsGone",
    "PointsMissing",
    "TextChanged",
    "UnknownKind",
    "UnknownPoint",
    "allow",
    "ask_to_sign",
    "drop_draft",
    "publish",
    "save_draft",
    "save_point",
    "set_rule",
    "sign_agreement",
    "talk_first",
    "withdraw_agreement",
    "withhold",
]
