"""The Atom feed of one world's alerts (RFC 4287): one entry an alert, which links to its latest CAP message."""

from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from alerts.cap.meaning import status_of
from alerts.cap.publisher import sender_of
from alerts.cap.weight import weight_of
from alerts.cap.writing import plain
from alerts.service import queries
from alerts.wording.phrases import OFFICIAL
from api.feeds.published import CAP, Published, Told, as_of
from api.residents.answers import Answers
from api.residents.prepared import SHORT, Prepared
from api.residents.spoken import DRILL_MARK, languages_of
from api.residents.stamp import jma_credit
from api.times import rfc3339

ATOM = "application/atom+xml"
FEED = "/alerts.atom"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CAP_SCHEME = "urn:oasis:names:tc:emergency:cap:1.2"
_STALE_SCHEME = "urn:bosai:freshness"
_NO_READ = "気象庁の情報をまだ受信していません。発表中の情報がないという意味ではありません。"


def alert_feed(published: Published, answers: Answers, language: str) -> Prepared:
    """The feed in one language, newest first; made once for what the answers hold."""

    def made() -> Prepared:
        """The bytes, when nobody asked for them before."""
        feed = _Feed(published, answers, language)
        body = feed.xml()
        return Prepared(body, media_type=ATOM, language=languages_of(language, feed.spoken), caching=SHORT)

    return answers.made("alerts.atom", language, made)


class _Feed:
    """One feed while it is written."""

    def __init__(self, published: Published, answers: Answers, language: str) -> None:
        self._services = published.world.services
        self._published = published
        self._answers = answers
        self._language = language
        self._told = published.newest(answers)
        self.spoken: set[str] = set()  # the languages of the entries written

    def xml(self) -> bytes:
        """The document in UTF-8."""
        namespaces = {None: _NAMESPACE}  # the default one, which the stubs forget
        feed = etree.Element(_tag("feed"), {_LANG: OFFICIAL}, nsmap=namespaces)  # type: ignore[arg-type]
        mark = DRILL_MARK if self._services.is_drill else ""
        _add(feed, "id", self._id("feed"))
        _add(feed, "title", f"{mark}{self._services.pack.codes.name} 防災気象情報・避難情報")
        _add(feed, "updated", rfc3339(max((told.updated for told in self._told), default=as_of(self._answers))))
        _add(etree.SubElement(feed, _tag("author")), "name", self._services.pack.codes.name)
        _link(feed, "self", ATOM, self._published.base + FEED)
        _add(feed, "rights", "\n".join(jma_credit(self._services)))
        self._add_freshness(feed)
        for told in self._told:
            self._add_entry(feed, told)
        return etree.tostring(feed, encoding="UTF-8", xml_declaration=True, pretty_print=True)

    def _add_freshness(self, feed: etree._Element) -> None:
        """Says that the feed may be out of date; while it is fresh its bytes stay the same (R30)."""
        age = self._answers.basis.ages.situation
        if not age.stale:
            return
        known = f"情報が古い可能性があります（{rfc3339(age.as_of)} 時点）。" if age.as_of else _NO_READ
        _add(feed, "subtitle", known)
        _category(feed, _STALE_SCHEME, "stale")

    def _add_entry(self, feed: etree._Element, told: Told) -> None:
        alert, message = told.history.alert, told.latest
        text = queries.texts(self._services, message.revision, self._language)[-1]
        self.spoken.add(text.language)
        entry = etree.SubElement(feed, _tag("entry"), {_LANG: text.language})
        _add(entry, "id", self._id(f"alerts/{alert.id}"))
        _add(entry, "title", text.title)
        _add(entry, "updated", rfc3339(told.updated))
        _add(entry, "published", rfc3339(told.messages[0].sent))
        _link(entry, "alternate", CAP, f"{self._published.base}/alerts/{alert.id}/{message.key}.cap")
        _add(entry, "summary", text.body)
        weight = weight_of(message.revision)
        for name, term in (
            ("status", status_of(self._services.world)),
            ("severity", weight.severity),
            ("urgency", weight.urgency),
            ("certainty", weight.certainty),
        ):
            _category(entry, f"{_CAP_SCHEME}:{name}", term)
        _category(entry, "urn:bosai:hazard", alert.hazard)

    def _id(self, what: str) -> str:
        sender = sender_of(self._services.pack)
        return uuid5(NAMESPACE_URL, f"{sender}/{self._services.world.name}/{what}").urn


def _category(parent: etree._Element, scheme: str, term: str) -> None:
    etree.SubElement(parent, _tag("category"), {"scheme": scheme, "term": term})


def _link(parent: etree._Element, rel: str, media_type: str, href: str) -> None:
    etree.SubElement(parent, _tag("link"), {"rel": rel, "type": media_type, "href": href})


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _tag(name)).text = plain(text)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
