"""The framework's application, with the hot reads before it."""

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from api.residents.hot import HotReads


class Application(FastAPI):
    """FastAPI, but for what was answered before: its layers cost more than such an answer (issue 7.9)."""

    hot: HotReads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what `hot` knows; all else goes the framework's way."""
        found = self.hot.find(scope)
        if found is None:
            await super().__call__(scope, receive, send)
            return
        start, body = found
        await send(start)
        await send(body)
