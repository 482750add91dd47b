"""What comes in beside the password: the authenticator app, and passkeys."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request, Response

from alerts.service.people import account, passkeys
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.sessions import Visitor
from api.office.door import Door, Posted
from api.office.pages import render, see
from api.office.people.words import refusal
from api.office.refusals import ACCOUNT


def device_pages(door: Door) -> APIRouter:
    """Setting up, and taking away."""
    router = APIRouter(prefix=ACCOUNT, include_in_schema=False)
    people = door.people
    issuer = f"{people.pack.codes.name} 防災"
    Form = Annotated[Posted, Depends(door.posts(None))]  # noqa: N806 - a type

    @router.post("/totp")
    def offer_totp(request: Request, posted: Form) -> Response:
        """A new secret, as a picture and as text; it counts when a code comes back."""
        return _totp_page(request, posted.visitor, account.offer_totp(people, posted.visitor, issuer))

    @router.post("/totp/confirm")
    def set_totp(request: Request, posted: Form) -> Response:
        """The code that the app made; after a slip the same picture again."""
        sealed = posted.fields.text("sealed")
        try:
            account.set_totp(people, posted.visitor, sealed, posted.fields.text("code"))
        except RefusedError as error:
            if error.reason is not Reason.WRONG_CODE:
                raise
            again = account.offered_again(people, posted.visitor, sealed, issuer)
            return _totp_page(request, posted.visitor, again, refusal(error))
        return see(f"{ACCOUNT}?done=totp")

    @router.post("/passkeys/options")
    def offer_passkey(request: Request, posted: Form) -> Response:
        """What the browser needs to make a key; asked for by the script."""
        options = passkeys.registration_options(people, posted.visitor, door.site(request))
        return Response(options, media_type="application/json", headers={"Cache-Control": "no-store"})

    @router.post("/passkeys")
    def add_passkey(request: Request, posted: Form) -> Response:
        """The key that the browser made."""
        label, credential = posted.fields.text("label"), posted.fields.text("credential")
        passkeys.register(people, posted.visitor, door.site(request), label, credential)
        return see(f"{ACCOUNT}?done=passkey")

    @router.post("/passkeys/remove")
    def remove_passkey(posted: Form) -> Response:
        """The key opens nothing any more."""
        account.remove_passkey(people, posted.visitor, posted.fields.text("passkey"))
        return see(f"{ACCOUNT}?done=removed")

    return router


def _totp_page(request: Request, visitor: Visitor, offer: account.NewTotp, error: str | None = None) -> Response:
    picture = segno.make(offer.uri, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
    status = 422 if error else 200
    return render(request, "totp.html", visitor, status=status, offer=offer, picture=picture, error=error)
