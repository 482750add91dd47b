"""GET /proof: the public half of the proof as a page, made once from the same facts as /v1/proof (issue 8.9)."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from jinja2 import Environment, FileSystemLoader

from api.office import proof_words, words
from api.office.proof_chart import chart
from api.problems import ProblemError
from api.residents.answers import Answers
from api.residents.prepared import HTML, SHORT, Prepared
from api.residents.proof import known_proof
from api.residents.world import WorldApi

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def install_public_proof(app: FastAPI, live: WorldApi) -> None:
    """Serves the page of the live world; a drill has none."""

    @app.get("/proof", include_in_schema=False)
    async def read_public_proof(request: Request) -> Response:
        """The prepared page; without facts it says so, and is kept by nobody."""
        answers = live.snapshot.answers
        try:
            page = answers.made("proof.html", "ja", lambda: _page(live, answers))
        except ProblemError:
            headers = {"Cache-Control": "no-store", "Retry-After": "5"}
            return Response(_text(live, answers, None), 503, headers, "text/html; charset=utf-8")
        return page.answer(request)


def _page(live: WorldApi, answers: Answers) -> Prepared:
    known_proof(answers)
    return Prepared(_text(live, answers, answers).encode(), media_type=HTML, language="ja", caching=SHORT)


def _text(live: WorldApi, answers: Answers, known: Answers | None) -> str:
    proof = known.basis.held.proof if known else None
    return _TEMPLATES.get_template("public_proof.html").render(
        city=live.services.pack.codes.name,
        proof=proof,
        age=answers.basis.ages.proof,
        chart=chart(proof.days if proof else ()),
        said=proof_words,
        words=words,
    )
