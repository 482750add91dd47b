"""One's own account: password, authenticator app, passkeys, printed codes, and being reachable."""

from datetime import timedelta
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import account, passkeys, sessions
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor
from api.office.gate import Gate, Posted
from api.office.pages import render, see
from api.office.people.words import refusal
from api.office.refusals import HOME

HOURS = (2, 8, 12, 24)
_REFUSED = 422


def account_pages(gate: Gate) -> APIRouter:
    """What every officer sees of himself, and nobody else does."""
    router = APIRouter(prefix="/office/account", include_in_schema=False)
    people = gate.people
    Anybody = Annotated[Visitor, Depends(gate.needs(None))]  # noqa: N806 - a type
    Form = Annotated[Posted, Depends(gate.posts(None))]  # noqa: N806 - a type

    def page(request: Request, visitor: Visitor, status: int = 200, **said: Any) -> Response:  # noqa: ANN401
        now = people.clock.now()
        shown = {"account": account.account(people, visitor), "now": now, "hours": HOURS, "error": None, "codes": None}
        fresh = {"is_fresh": visitor.session.is_fresh(now)}
        return render(request, "account.html", visitor, status=status, **(shown | fresh | said))

    def totp_page(request: Request, visitor: Visitor, offer: account.NewTotp, error: str | None = None) -> Response:
        picture = segno.make(offer.uri, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
        status = _REFUSED if error else 200
        return render(request, "totp.html", visitor, status=status, offer=offer, picture=picture, error=error)

    @router.get("")
    def read_account(request: Request, visitor: Anybody) -> Response:
        """What there is, and what is missing."""
        return page(request, visitor)

    @router.post("/password")
    def change_password(request: Request, posted: Form) -> Response:
        """A new one, typed twice."""
        try:
            if posted.fields.text("password") != posted.fields.text("again"):
                raise RefusedError(Reason.DIFFERENT)
            account.change_password(people, posted.visitor, posted.fields.text("password"))
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))
        return see(f"{HOME}?done=password")

    @router.post("/totp")
    def offer_totp(request: Request, posted: Form) -> Response:
        """A new secret, as a picture and as text; it counts when a code comes back."""
        try:
            return totp_page(request, posted.visitor, account.offer_totp(people, posted.visitor, _issuer(gate)))
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))

    @router.post("/totp/confirm")
    def set_totp(request: Request, posted: Form) -> Response:
        """The code that the app made; after a slip the same picture again."""
        sealed = posted.fields.text("sealed")
        try:
            account.set_totp(people, posted.visitor, sealed, posted.fields.text("code"))
        except RefusedError as error:
            try:
                again = account.offered_again(people, posted.visitor, sealed, _issuer(gate))
            except RefusedError:
                return page(request, posted.visitor, _REFUSED, error=refusal(error))
            return totp_page(request, posted.visitor, again, refusal(error))
        return see(f"{HOME}?done=totp")

    @router.post("/recovery")
    def make_codes(request: Request, posted: Form) -> Response:
        """Ten codes, shown on this page and never again."""
        try:
            codes = account.new_recovery_codes(people, posted.visitor)
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))
        return page(request, posted.visitor, codes=codes)

    @router.post("/passkeys/options")
    def offer_passkey(request: Request, posted: Form) -> Response:
        """What the browser needs to make a key; asked for by the script."""
        try:
            options = passkeys.registration_options(people, posted.visitor, gate.site(request))
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))
        return Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.post("/passkeys")
    def add_passkey(request: Request, posted: Form) -> Response:
        """The key that the browser made."""
        fields = posted.fields
        try:
            site = gate.site(request)
            passkeys.register(people, posted.visitor, site, fields.text("label"), fields.text("credential"))
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))
        return see(f"{HOME}?done=passkey")

    @router.post("/passkeys/remove")
    def remove_passkey(request: Request, posted: Form) -> Response:
        """The key opens nothing any more."""
        try:
            account.remove_passkey(people, posted.visitor, posted.fields.text("passkey"))
        except RefusedError as error:
            return page(request, posted.visitor, _REFUSED, error=refusal(error))
        return see(f"{HOME}?done=removed")

    @router.post("/reachable")
    def be_reachable(posted: Form) -> Response:
        """For so many hours from now; 0: not any more."""
        typed = posted.fields.text("hours")
        hours = int(typed) if typed in {str(each) for each in HOURS} else 0
        account.reachable_for(people, posted.visitor, timedelta(hours=hours))
        return see(f"{HOME}?done=reachable")

    @router.post("/elsewhere")
    def log_out_elsewhere(posted: Form) -> Response:
        """Every other browser is out."""
        sessions.sign_out_elsewhere(people, posted.visitor)
        return see(f"{HOME}?done=elsewhere")

    return router


def _issuer(gate: Gate) -> str:
    return f"{gate.people.pack.codes.name} 防災"
