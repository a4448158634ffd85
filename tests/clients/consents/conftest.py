"""An owner's new wording."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from clients.consents import actions, texts
from clients.consents.models import AgreementText
from practice.models import Member
from tests.factories import MONDAY_NOON

Publish = Callable[..., AgreementText]


@pytest.fixture
def reworded(owner: Member) -> Publish:
    """Publish the current text with another title, or with other words of one point."""

    def publish(now: datetime = MONDAY_NOON, **changes: Any) -> AgreementText:
        text = texts.current()
        wanted = replace(text, **(changes or {"title": f"{text.title}, said better"}))
        actions.save_draft(text=wanted, based_on=text.number, by=owner, now=now)
        return actions.publish(agreement=text.agreement, by=owner, now=now)

    return publish
