"""The documents of OGC API - Features: landing page, conformance, collections, items (OGC 17-069r4 §7)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from api.feeds.ogc.collections import COLLECTIONS, CRS84, Collection, Feature, Layer
from api.feeds.ogc.query import ItemsQuery
from api.residents.prepared import GEOJSON, JSON

Document = dict[str, Any]
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
_OPENAPI = "application/vnd.oai.openapi+json;version=3.1"


class Documents:
    """The documents of one world; `base` is the address of its landing page, `root` that of the whole service."""

    def __init__(self, base: str, root: str, title: str) -> None:
        self._base = base
        self._root = root
        self._title = title

    def landing(self) -> Document:
        """Where everything is."""
        return {
            "title": self._title,
            "description": "Places of refuge and districts. What is in force is at /v1/situation and its feeds.",
            "links": [
                _link("self", JSON, self._base, "This document"),
                _link("service-desc", _OPENAPI, f"{self._root}/openapi.json", "OpenAPI 3.1"),
                _link("service-doc", "text/html", f"{self._root}/docs", "All routes, to read"),
                _link("conformance", JSON, f"{self._base}/conformance", "What it conforms to"),
                _link("data", JSON, f"{self._base}/collections", "The collections"),
            ],
        }

    def conformance(self) -> Document:
        """The classes it conforms to. OpenAPI 3.0 is not among them: ours is 3.1."""
        return {"conformsTo": list(CONFORMANCE)}

    def collections(self, layers: Mapping[str, Layer]) -> Document:
        """All collections."""
        return {
            "links": [_link("self", JSON, f"{self._base}/collections", "This document")],
            "collections": [self.collection(COLLECTIONS[name], layer) for name, layer in layers.items()],
        }

    def collection(self, collection: Collection, layer: Layer) -> Document:
        """One collection, with how old and whose its data is."""
        address = self._address(collection)
        bounds = layer.bounds
        return {
            "id": collection.id,
            "title": collection.title,
            "description": collection.description,
            "itemType": "feature",
            "crs": [CRS84],
            **({"extent": {"spatial": {"bbox": [list(bounds)], "crs": CRS84}}} if bounds else {}),
            **layer.common,
            "links": [
                _link("self", JSON, address, "This document"),
                _link("items", GEOJSON, f"{address}/items", collection.title),
            ],
        }

    def items(self, collection: Collection, layer: Layer, query: ItemsQuery) -> Document:
        """One page of features, and the address of the next."""
        found = [one for one in layer.features if query.box is None or one.meets(query.box)]
        left = [one for one in found if query.after is None or one.id > query.after]
        page, address = left[: query.limit], f"{self._address(collection)}/items"
        here = [*query.given, *([("after", query.after)] if query.after is not None else [])]
        links = [
            _link("self", GEOJSON, _asked(address, here), "This page"),
            _link("collection", JSON, self._address(collection), collection.title),
        ]
        if len(left) > len(page):
            links.append(_link("next", GEOJSON, _asked(address, [*query.given, ("after", page[-1].id)]), "Next page"))
        return {
            "type": "FeatureCollection",
            **layer.common,
            **({"timeStamp": layer.common["as_of"]} if layer.common["as_of"] else {}),
            "numberMatched": len(found),
            "numberReturned": len(page),
            "links": links,
            "features": [one.document for one in page],
        }

    def item(self, collection: Collection, layer: Layer, feature: Feature) -> Document:
        """One feature."""
        address = self._address(collection)
        links = [
            _link("self", GEOJSON, f"{address}/items/{quote(feature.id, safe='')}", "This feature"),
            _link("collection", JSON, address, collection.title),
        ]
        return {**feature.document, **layer.common, "links": links}

    def _address(self, collection: Collection) -> str:
        return f"{self._base}/collections/{collection.id}"


def _asked(address: str, given: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(given)}" if given else address


def _link(rel: str, media_type: str, href: str, title: str) -> Document:
    return {"rel": rel, "type": media_type, "href": href, "title": title}
