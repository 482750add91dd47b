"""What each role opens, and that an administrator is not both eyes (R2)."""

import pytest

from alerts.people.role import Role, may

OPENS = {
    Role.VIEWER: {Role.VIEWER},
    Role.SHELTER: {Role.SHELTER},
    Role.AUTHOR: {Role.VIEWER, Role.SHELTER, Role.AUTHOR},
    Role.APPROVER: {Role.VIEWER, Role.SHELTER, Role.APPROVER},
    Role.ADMINISTRATOR: {Role.VIEWER, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("held", Role)
@pytest.mark.parametrize("needed", Role)
def test_a_role_opens_what_the_table_says_and_nothing_else(held, needed):
    assert may({held}, needed) is (needed in OPENS[held])


@pytest.mark.parametrize("needed", Role)
def test_nobody_without_a_role_may_do_anything(needed):
    assert not may(set(), needed)
