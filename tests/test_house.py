"""The house stands."""

import pytest

from tests.factories import NoteFactory, RunLogFactory, SessionFactory


@pytest.mark.django_db
def test_the_smallest_walk_can_be_kept():
    session = SessionFactory(walk=True)

    assert session.clearance.client_id == session.client_id


@pytest.mark.django_db
def test_the_smallest_note_and_run_can_be_kept():
    assert NoteFactory().pk
    assert RunLogFactory().pk
