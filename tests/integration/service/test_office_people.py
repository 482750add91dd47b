"""Officers come in, lose their telephones, and let each other in by four eyes; all of it stands in the audit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pyotp
import pytest
from sqlalchemy import select, text

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.people.session import Method
from alerts.service import audit
from alerts.service.people import account, administration, sessions
from alerts.service.people.administration import Wanted
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.roll import roll
from alerts.service.people.signing_in import Attempt, sign_in, welcome
from alerts.service.reseal import reseal
from alerts.service.services import Services
from alerts.store.cipher import AddressCipher
from alerts.store.database import run
from alerts.store.tables import audit as audit_table
from alerts.store.tables import known_browsers, officers, recovery_codes
from alerts.store.tables import sessions as sessions_table
from alerts.world import DRILL
from workers.fcm.none import NoSender

PASSWORD = "kawa no nagare wa"


@dataclass
class Desk:
    """An officer at his desk, with his telephone."""

    services: object
    login: str
    secret: str = ""
    browser: str | None = None
    visitor: object = None

    def code(self):
        return pyotp.TOTP(self.secret).at(int(self.services.clock.now().timestamp()))

    def comes_in(self, code=None, password=PASSWORD, browser=None):
        attempt = Attempt(self.login, password, self.code() if code is None else code, browser)
        return self.has(sign_in(self.services, attempt))

    def has(self, signed_in):
        self.visitor = sessions.find(self.services, signed_in.token)
        self.browser = signed_in.browser
        return signed_in


def refusal(call, *words):
    with pytest.raises(RefusedError) as found:
        call(*words)
    return found.value.reason


@pytest.fixture
def join(live, clock):
    """Somebody is added at the machine, sets a password and an authenticator app."""

    def joined(login, *roles):
        wanted = Wanted(Act.ADD, login=login, name=f"{login}さん", roles=roles)
        done = administration.add_at_console(live, wanted)
        desk = Desk(live, login)
        desk.has(welcome(live, Attempt(login, PASSWORD, done.code)))
        offer = account.offer_totp(live, desk.visitor, "bosai")
        desk.secret = offer.secret
        account.set_totp(live, desk.visitor, offer.sealed, desk.code())
        clock.forward(seconds=60)
        return desk

    return joined


@pytest.fixture
def drill_world(live, drill_database):
    return Services(DRILL, drill_database, live.pack, live.clock, live.nudge, NoSender(), live.cipher, live.wording)


@pytest.fixture
def sato(join):
    return join("sato", Role.ADMINISTRATOR)


def acts(services):
    return [entry.action for entry in reversed(audit.newest(services, 100))]


def test_the_first_administrator_is_made_on_the_machine_and_comes_in_with_password_and_code(live, sato):
    assert sato.comes_in().method is Method.TOTP
    assert sato.visitor.officer.roles == {Role.ADMINISTRATOR}
    assert acts(live)[:2] == ["officer.add", "officer.start"]
    assert acts(live)[-1] == "session.open"
    assert audit.check(live).faults == ()


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [
        ("sato", "another password!", None),
        ("sato", PASSWORD, "000000"),
        ("sato", PASSWORD, ""),
        ("sato", "", None),
        ("nobody", PASSWORD, "123456"),
        ("' OR 1=1 --", PASSWORD, "123456"),
    ],
)
def test_one_answer_for_a_wrong_name_password_or_code(live, sato, login, password, code):
    attempt = Attempt(login, password, sato.code() if code is None else code)
    assert refusal(sign_in, live, attempt) is Reason.LOGIN_FAILED


def test_a_code_of_the_app_counts_once_and_an_older_one_not_after_it(live, sato, clock):
    code = sato.code()
    sato.comes_in(code)
    assert refusal(sato.comes_in, code) is Reason.LOGIN_FAILED
    assert refusal(sato.comes_in, pyotp.TOTP(sato.secret).at(int(clock.now().timestamp()) - 30)) is Reason.LOGIN_FAILED


def test_two_browsers_with_one_code_are_not_both_let_in(live, sato):
    code = sato.code()

    def attempt(_):
        try:
            return sign_in(live, Attempt("sato", PASSWORD, code)).method
        except RefusedError as error:
            return error.reason

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [*[Reason.LOGIN_FAILED] * 3, Method.TOTP]


def test_a_stranger_s_guesses_are_slowed_down_and_the_officer_s_own_browser_is_not(live, sato, clock):
    sato.comes_in()
    clock.forward(seconds=60)
    for _ in range(5):
        assert refusal(sato.comes_in, "000000", "a guess at night") is Reason.LOGIN_FAILED
    assert refusal(sato.comes_in, None) is Reason.WAIT  # a stranger's browser, though the password is right
    assert sato.comes_in(browser=sato.browser).method is Method.TOTP
    assert acts(live).count("login.slowed") == 1
    clock.forward(minutes=15)
    assert sato.comes_in().method is Method.TOTP


def test_a_lost_telephone_at_three_in_the_morning_is_replaced_by_a_code_beside_the_password(live, join, sato):
    suzuki = join("suzuki", Role.APPROVER)
    sato.comes_in()
    done = administration.replace_telephone(live, sato.visitor, suzuki.visitor.officer.id)
    assert sessions.find(live, suzuki.visitor.token) is None  # who holds the telephone is out
    assert refusal(suzuki.comes_in, suzuki.code()) is Reason.LOGIN_FAILED
    assert refusal(suzuki.comes_in, done.code, "not the password") is Reason.LOGIN_FAILED
    assert suzuki.comes_in(done.code).method is Method.CODE
    assert refusal(suzuki.comes_in, done.code) is Reason.LOGIN_FAILED
    with live.database.read() as uow:
        assert [alarm.kind for alarm in uow.alarms.open()] == ["people"]
    assert "officer.code" in acts(live)


def test_under_attack_a_given_code_opens_all_the_same(live, sato):
    for _ in range(8):
        refusal(sato.comes_in, "000000", "a guess at night")
    done = administration.reset_at_console(live, "sato", everything=False)
    assert sato.comes_in(done.code).method is Method.CODE


def test_a_given_code_ends_and_so_does_a_start(live, sato, clock):
    done = administration.reset_at_console(live, "sato", everything=False)
    clock.forward(minutes=30)
    assert refusal(sato.comes_in, done.code) is Reason.LOGIN_FAILED
    start = administration.reset_at_console(live, "sato", everything=True)
    assert refusal(sato.comes_in, start.code) is Reason.LOGIN_FAILED  # there is no password any more
    clock.forward(hours=72)
    assert refusal(welcome, live, Attempt("sato", PASSWORD, start.code)) is Reason.WELCOME_FAILED


def test_nobody_sets_the_password_of_somebody_who_has_one(live, sato):
    done = administration.reset_at_console(live, "sato", everything=False)
    assert refusal(welcome, live, Attempt("sato", "a new long password", done.code)) is Reason.WELCOME_FAILED
    assert sato.comes_in(done.code)


def test_a_printed_code_opens_once(live, sato):
    sato.comes_in()
    codes = account.new_recovery_codes(live, sato.visitor)
    assert len(set(codes)) == 10
    assert sato.comes_in(codes[3].lower()).method is Method.RECOVERY
    assert refusal(sato.comes_in, codes[3]) is Reason.LOGIN_FAILED
    assert account.account(live, sato.visitor).recovery_codes == 9


def test_a_session_left_open_on_a_desk_gets_no_keys_and_ends(live, sato, clock):
    sato.comes_in()
    clock.forward(minutes=10)
    assert refusal(account.change_password, live, sato.visitor, "another long password") is Reason.NOT_FRESH
    assert refusal(account.offer_totp, live, sato.visitor, "x") is Reason.NOT_FRESH
    assert refusal(account.new_recovery_codes, live, sato.visitor) is Reason.NOT_FRESH
    clock.forward(minutes=30)
    assert sessions.find(live, sato.visitor.token) is None


def test_a_busy_session_ends_after_twelve_hours(live, sato, clock):
    sato.comes_in()
    for _ in range(12 * 60 // 20 - 1):
        clock.forward(minutes=20)
        assert sessions.find(live, sato.visitor.token)
    clock.forward(minutes=20)
    assert sessions.find(live, sato.visitor.token) is None


def test_a_new_password_logs_out_everywhere_else(live, sato, clock):
    first = sato.comes_in().token
    clock.forward(seconds=60)
    sato.comes_in()
    account.change_password(live, sato.visitor, "yuku kawa no nagare")
    assert sessions.find(live, first) is None
    assert sessions.find(live, sato.visitor.token)
    clock.forward(seconds=60)
    assert refusal(sato.comes_in) is Reason.LOGIN_FAILED
    assert sato.comes_in(password="yuku kawa no nagare")


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (Act.ADD, {"login": "tanaka", "name": "田中", "roles": [Role.AUTHOR]}),
        (Act.ROLES, {"roles": [Role.AUTHOR, Role.APPROVER]}),
        (Act.DISABLE, {}),
        (Act.RESET, {}),
    ],
)
def test_an_administrator_s_act_waits_for_another_one(live, join, sato, act, more):
    suzuki, mori = join("suzuki", Role.ADMINISTRATOR), join("mori", Role.AUTHOR)
    sato.comes_in()
    suzuki.comes_in()
    officer = None if act is Act.ADD else mori.visitor.officer.id
    before = roll_of(live)
    request = administration.ask(live, sato.visitor, Wanted(act, officer, **more))
    assert roll_of(live) == before
    assert refusal(administration.confirm, live, sato.visitor, request.id) is Reason.OWN
    administration.confirm(live, suzuki.visitor, request.id)
    assert refusal(administration.confirm, live, suzuki.visitor, request.id) is Reason.DECIDED
    assert {"request.ask", "request.confirm"} < set(acts(live))
    assert administration.waiting(live) == []
    assert act is Act.RESET or roll_of(live) != before


def roll_of(live):
    """Everybody, but for when he was here last."""
    with live.database.read() as uow:
        return [replace(each, signed_in_at=None) for each in uow.officers.all()]


def test_a_request_grows_old_and_can_be_taken_back(live, join, sato, clock):
    suzuki = join("suzuki", Role.ADMINISTRATOR)
    request = administration.ask(live, sato.visitor, Wanted(Act.DISABLE, suzuki.visitor.officer.id))
    administration.refuse(live, sato.visitor, request.id)
    assert refusal(administration.refuse, live, sato.visitor, request.id) is Reason.DECIDED
    old = administration.ask(live, sato.visitor, Wanted(Act.DISABLE, suzuki.visitor.officer.id))
    clock.forward(hours=24)
    assert refusal(administration.confirm, live, suzuki.visitor, old.id) is Reason.OLD


def test_the_last_administrator_stays(live, join, sato):
    suzuki = join("suzuki", Role.APPROVER)
    for wanted in (
        Wanted(Act.DISABLE, sato.visitor.officer.id),
        Wanted(Act.ROLES, sato.visitor.officer.id, roles=[Role.VIEWER]),
    ):
        assert refusal(administration.ask, live, sato.visitor, wanted) is Reason.LAST_ADMINISTRATOR
    assert administration.ask(live, sato.visitor, Wanted(Act.DISABLE, suzuki.visitor.officer.id))


def test_who_is_shut_out_is_out_at_once(live, join, sato):
    suzuki, mori = join("suzuki", Role.ADMINISTRATOR), join("mori", Role.AUTHOR)
    request = administration.ask(live, sato.visitor, Wanted(Act.DISABLE, mori.visitor.officer.id))
    administration.confirm(live, suzuki.visitor, request.id)
    assert sessions.find(live, mori.visitor.token) is None
    assert refusal(mori.comes_in) is Reason.LOGIN_FAILED
    assert refusal(administration.replace_telephone, live, sato.visitor, mori.visitor.officer.id) is Reason.SHUT_OUT


def test_nobody_replaces_his_own_telephone(live, sato):
    assert refusal(administration.replace_telephone, live, sato.visitor, sato.visitor.officer.id) is Reason.OWN_CODE


def test_r24_who_practised_and_who_can_be_reached_is_shown(live, drill_world, join, sato):
    suzuki = join("suzuki", Role.APPROVER)
    account.reachable_for(live, suzuki.visitor, live.pack.policy.sessions.idle)
    with drill_world.database.write() as uow:
        audit.record(uow, suzuki.visitor.actor, "proposal.decide", None, {}, live.clock.now())
    found = roll(live, drill_world)
    assert {one.officer.login: str(one.practice) for one in found.people} == {"sato": "overdue", "suzuki": "done"}
    assert (found.reachable_approvers, found.is_thin) == (1, True)


def test_r20_the_database_holds_no_key_to_the_door(live, sato):
    sato.comes_in()
    codes = account.new_recovery_codes(live, sato.visitor)
    with live.database.read() as uow:
        tables = (officers, sessions_table, recovery_codes, known_browsers, audit_table)
        kept = str([uow.audit._connection.execute(select(table)).all() for table in tables])
    secrets = (PASSWORD, sato.secret, sato.visitor.token, sato.browser, *codes)
    assert not [secret for secret in secrets if secret in kept]


def test_secrets_of_the_app_are_encrypted_anew_with_a_new_key(live, sato):
    changed = replace(live, cipher=AddressCipher(bytes([1]) * 32, bytes(32)))
    assert reseal(changed).officers == 1
    alone = replace(live, cipher=AddressCipher(bytes([1]) * 32))
    assert sign_in(alone, Attempt("sato", PASSWORD, sato.code())).method is Method.TOTP
    assert reseal(live).shut_officers == 1


def test_many_acts_at_once_are_one_chain(live, sato):
    def act(number):
        with live.database.write() as uow:
            audit.record(uow, sato.visitor.actor, "x.y", {"n": number}, None, live.clock.now())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(20)))
    found = audit.check(live)
    assert found.faults == ()
    assert found.entries == found.head.number


def test_an_act_that_fails_leaves_no_entry(live, sato):
    before = audit.check(live).head

    def fails(uow):
        audit.record(uow, sato.visitor.actor, "x.y", None, None, live.clock.now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(live.database, fails)
    assert audit.check(live).head == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit SET who = 'somebody' WHERE number = 3",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
        "INSERT INTO audit SELECT number + 100, at, world, officer_id, who, action, before, after, previous, hash"
        " FROM audit WHERE number = 3",
    ],
)
def test_a_row_that_was_changed_removed_inserted_or_cut_off_is_found(live, sato, damage):
    assert audit.check(live).faults == ()
    with live.database.write() as uow:
        uow.audit._connection.execute(text(damage))
    assert audit.check(live).faults
