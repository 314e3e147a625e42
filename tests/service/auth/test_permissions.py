"""Which role may do what."""

import pytest

from service.auth.permissions import GRANTS, Permission, Role, named, permissions_of


def test_every_role_has_permissions_and_the_administrator_all_of_them():
    assert set(GRANTS) == set(Role)
    assert GRANTS[Role.ADMINISTRATOR] == set(Permission)


@pytest.mark.parametrize("role", [Role.TUNER, Role.PRIVACY_OFFICER])
def test_who_tunes_and_who_watches_over_privacy_reads_no_messages(role):
    assert Permission.ALERTS_READ not in GRANTS[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_let_others_in(role):
    assert not GRANTS[role] & {Permission.USERS_MANAGE, Permission.TOKENS_MANAGE, Permission.SOURCES_MANAGE}


def test_roles_add_up_and_unknown_ones_give_nothing():
    both = permissions_of(["tuner", "privacy_officer", "emperor"])
    assert both == GRANTS[Role.TUNER] | GRANTS[Role.PRIVACY_OFFICER]
    assert permissions_of(["emperor"]) == frozenset()
    assert named(["alerts:read", "alerts:delete"]) == {Permission.ALERTS_READ}
