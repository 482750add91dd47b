"""The ten alerts as notifications on a phone: a page to look at, and to take a picture of."""

from html import escape

from alerts.wording.phrases import PhraseTable
from alerts.wording.tables import Wording
from bosai.phrasebook.typical import Shown, typical

_PAGE = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{name}</title><style>
body {{ margin: 0; padding: 16px; background: #dfe5ec; font: 15px/1.5 "Noto Sans CJK JP", "Noto Sans", sans-serif; }}
:lang(zh-Hans) {{ font-family: "Noto Sans CJK SC", sans-serif; }}
:lang(zh-Hant) {{ font-family: "Noto Sans CJK TC", sans-serif; }}
:lang(ko) {{ font-family: "Noto Sans CJK KR", sans-serif; }}
:lang(vi), :lang(en) {{ font-family: "DejaVu Sans", sans-serif; font-size: 14px; }}
main {{ columns: 3; column-gap: 16px; }}
article {{ break-inside: avoid; margin: 0 0 12px; padding: 10px 14px; background: #fff; border-radius: 14px;
  border-left: 10px solid var(--level); }}
h1 {{ margin: 0 0 12px; font-size: 18px; }} h2 {{ margin: 0 0 4px; font-size: 16px; line-height: 1.35; }}
p {{ margin: 0; }}
</style></head><body><h1>{name}</h1><main>
{articles}
</main></body></html>
"""


def previews(wording: Wording) -> dict[str, str]:
    """File names and their HTML, one a language."""
    return {f"preview/{language}.html": _page(wording, table) for language, table in wording.tables.items()}


def _page(wording: Wording, table: PhraseTable) -> str:
    articles = "\n".join(_article(shown) for shown in typical(wording, table.language))
    return _PAGE.format(tag=table.language, name=escape(table.name), articles=articles)


def _article(shown: Shown) -> str:
    colour = shown.colour or "#888"
    title, body = escape(shown.text.title), escape(shown.text.body)
    return f'<article style="--level: {colour}"><h2>{title}</h2><p>{body}</p></article>'
