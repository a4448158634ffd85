"""Who may do what stands in one table; what it does not say is no."""

import pytest

from practice.people.roles import EXTRA_RIGHTS, GRANTS, Permission, Role, granted
from tests.factories import MemberFactory

CLINICAL = {
    Permission.READ_RECORD,
    Permission.READ_SCREENING,
    Permission.DECIDE_CLEARANCE,
    Permission.READ_NOTES,
    Permission.WRITE_NOTE,
    Permission.SIGN_NOTE,
    Permission.READ_RUNS,
    Permission.EXPORT_SUMMARY,
}


def test_every_role_has_its_row():
    assert set(GRANTS) == set(Role)


def test_every_permission_is_granted_to_somebody():
    assert frozenset().union(*GRANTS.values(), EXTRA_RIGHTS) == frozenset(Permission)


def test_no_roles_may_nothing():
    assert granted([]) == frozenset()


def test_roles_add_up():
    assert granted(["owner", "clinician"]) == GRANTS[Role.OWNER] | GRANTS[Role.CLINICIAN]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OWNER])
def test_who_does_not_treat_reads_nothing_clinical(role):
    assert not GRANTS[role] & CLINICAL


@pytest.mark.parametrize(
    "permission",
    [Permission.WRITE_NOTE, Permission.SIGN_NOTE, Permission.DECIDE_CLEARANCE, Permission.BOOK_SESSION],
)
def test_a_supervisor_reads_and_does_not_act(permission):
    assert permission not in GRANTS[Role.SUPERVISOR]


def test_a_client_shares_with_staff_only_what_visible_to_narrows_to_themself():
    staff = GRANTS[Role.CLINICIAN] | GRANTS[Role.RECEPTION] | GRANTS[Role.SUPERVISOR] | GRANTS[Role.OWNER]

    shared = GRANTS[Role.CLIENT] & staff

    assert shared <= {
        Permission.READ_ME,
        Permission.LOG_RUN,
        Permission.READ_RUNS,
        Permission.SEE_QUESTIONS,
        Permission.TAKE_EXPORT,
        Permission.TELL_CHANGE,
        Permission.READ_LETTERS,
        Permission.READ_SAFETY_PLAN,
        Permission.READ_CONSENTS,
        Permission.SEE_RESOURCES,
    }


@pytest.mark.parametrize("role", Role)
def test_an_inactive_member_may_nothing(role):
    member = MemberFactory.build(roles=[role], is_active=False)

    assert not any(member.may(permission) for permission in Permission)
