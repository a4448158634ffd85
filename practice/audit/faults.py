"""What a look at the trail can find wrong, in plain words."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "line_changed": _("Line %(number)s of the chain (%(what)s) is not what it was when it was sealed."),
    "line_gone": _("Line %(number)s of the chain is gone."),
    "seal_gone": _("Link %(number)s of the chain is gone."),
    "number_gone": _("Line %(number)s of counter %(shard)s is gone."),
    "not_counted": _("Line %(number)s of counter %(shard)s was never counted."),
    "shorter_than_head": _(
        "On %(at)s the chain had %(count)s links; now it has %(now)s. The end was cut off, or an older database was "
        "put back."
    ),
    "not_the_same_chain": _("Link %(count)s of the chain is not the one that was noted on %(at)s."),
    "heads_gone": _("The file of heads is gone from where Towpath keeps it."),
    "head_forged": _("Line %(line)s of the file of heads was not written by Towpath."),
    "key_gone": _("The key of the trail does not open: is TOWPATH_KEY the one it was made with?"),
    "trigger_gone": _("The database no longer keeps the trail of %(table)s (%(trigger)s)."),
    "may_be_changed": _("The role that Towpath runs as may change the trail."),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong: its code, and where."""

    code: str
    where: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return words_of(self.code, self.where)


def words_of(code: str, where: dict[str, Any]) -> str:
    """The sentence about a fault that was kept; the code itself for one we no longer know."""
    try:
        return str(WORDS[code]) % where
    except (KeyError, TypeError, ValueError):
        return code
