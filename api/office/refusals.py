"""What an office page answers when it does not do what was asked: a page that says what to do next."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI, Request, Response

from alerts.service.people.refused import Reason, RefusedError
from api.office.menu import DESKS, SHELTER_LINKS, TO_LIVE
from api.office.pages import render
from api.office.people.words import refusal

HOME = "/office"
ACCOUNT = "/office/account"
LOGIN = "/office/login"
PEOPLE = "/office/people"
SHELTER = "/office/shelter"
_WITH_FORMS = (PEOPLE, *(f"{desk}{SHELTER_LINKS}" for desk in DESKS.values()), SHELTER, ACCOUNT)


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on."""

    label: str
    href: str


class RefusalError(Exception):
    """Raised by pages and their dependencies; answered as a page."""

    def __init__(self, status: int, heading: str, text: str, way: Way) -> None:
        super().__init__(text)
        self.status, self.heading, self.text, self.way = status, heading, text, way


class LoginNeededError(Exception):
    """Nobody has logged in who may see this page: the login page, and back from there."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.location = f"{LOGIN}?next={quote(wanted, safe='/')}"


class StillAtDrillError(LoginNeededError):
    """He comes from the drill, and the page is a live one: he is asked whether he means it, and goes on from there."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.location = f"{TO_LIVE}?next={quote(wanted, safe='/')}"


def install_refusals(app: FastAPI) -> None:
    """Makes every refusal of a page a page."""
    app.add_exception_handler(RefusalError, _refused)
    app.add_exception_handler(LoginNeededError, _to_login)
    app.add_exception_handler(RefusedError, _not_done)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)  # noqa: S101  registered for this class only
    world = "drill" if request.url.path.startswith(f"{DESKS['drill']}/") else "live"
    return render(request, "refusal.html", None, status=error.status, world=world, refusal=error)


def _not_done(request: Request, error: Exception) -> Response:
    """A use case refused; the way leads back to the page of the form."""
    assert isinstance(error, RefusedError)  # noqa: S101  registered for this class only
    page = next((each for each in _WITH_FORMS if request.url.path.startswith(each)), HOME)
    again = Way("もう一度ログインする", f"{LOGIN}?next={page}")
    way = again if error.reason is Reason.NOT_FRESH else Way("前の画面に戻る", page)
    return _refused(request, RefusalError(422, "操作は行われませんでした", refusal(error), way))


def _to_login(_: Request, error: Exception) -> Response:
    assert isinstance(error, LoginNeededError)  # noqa: S101  registered for this class only
    return Response(status_code=303, headers={"Location": error.location, "Cache-Control": "no-store"})


def session_over() -> RefusalError:
    """A form came without a session, or from one that is over."""
    text = "操作は行っていません。ログインし直してから、もう一度操作してください。"
    return RefusalError(401, "ログインの有効期限が切れています", text, Way("ログインする", LOGIN))


def role_missing(role: str) -> RefusalError:
    """He is known, and may not."""
    text = f"この操作には「{role}」の権限が必要です。必要な場合は、管理者に権限の追加を依頼してください。"
    return RefusalError(403, "この操作を行う権限がありません", text, Way("最初の画面へ戻る", HOME))


def pass_over() -> RefusalError:
    """A telephone without a pass, or with one that is over or was revoked."""
    text = (
        "操作は行っていません。リンクの期限（24時間）が切れたか、危機管理の担当が利用を終了しました。"
        "報告を続けるときは、危機管理の担当に新しいリンクの発行を依頼してください。"
    )
    return RefusalError(401, "この端末からは報告できません", text, Way("画面を開き直す", SHELTER))


def still_at_drill() -> RefusalError:
    """A live form, but the drill's desk was the last one that he saw."""
    text = (
        "操作は行っていません。この操作は本番ですが、直前に訓練の画面を開いています。"
        "本番の操作を続けるときは、本番の画面へ移ってから、内容を確かめてもう一度操作してください。"
    )
    return RefusalError(409, "訓練の画面を開いたままです", text, Way("本番の画面へ移る", TO_LIVE))


def form_not_ours(page: str = HOME) -> RefusalError:
    """A forged form, one of the other world, or one that stayed open while he logged in anew."""
    text = (
        "操作は行っていません。画面が古いか、別の画面から送信されています。画面を開き直して、もう一度操作してください。"
    )
    return RefusalError(403, "この画面からは操作できません", text, Way("画面を開き直す", page))


def foreign_origin() -> RefusalError:
    """The form was sent by a page of another site."""
    text = "操作は行っていません。このサービスの画面を開き直して、もう一度操作してください。"
    return RefusalError(403, "別のサイトからの操作は受け付けません", text, Way("ログイン画面を開く", LOGIN))
