"""Names that JMA's telegrams use: namespaces, layers of areas, words of a warning (jma.md §2.1, §3.2)."""

REPORT = "http://xml.kishou.go.jp/jmaxml1/"
HEAD = f"{REPORT}informationBasis1/"
BODY = f"{REPORT}body/meteorology1/"
ADDITION = f"{REPORT}addition1/"

NAMESPACES = {
    "r": REPORT,
    "h": HEAD,
    "m": BODY,
    "s": f"{REPORT}body/seismology1/",
    "v": f"{REPORT}body/volcanology1/",
    "e": f"{REPORT}elementBasis1/",
}

# The four layers of a warning, from the whole office down to the municipality.
OFFICE_LAYER = "気象警報・注意報（府県予報区等）"
MUNICIPAL_LAYER = "気象警報・注意報（市町村等）"
LAYERS = (
    OFFICE_LAYER,
    "気象警報・注意報（一次細分区域等）",
    "気象警報・注意報（市町村等をまとめた地域等）",
    MUNICIPAL_LAYER,
)

NOTHING = "発表警報・注意報はなし"  # Kind/Status of an area where nothing is in force
ENDED = "解除"
STEPS_DOWN = frozenset(
    {
        "特別警報から危険警報",
        "特別警報から警報",
        "特別警報から注意報",
        "危険警報から警報",
        "危険警報から注意報",
        "警報から注意報",
    }
)
IN_FORCE = frozenset({"発表", "継続"}) | STEPS_DOWN

WARNING_LAYOUT = ("気象警報・注意報", "1.5_0")  # InfoKind, InfoKindVersion of VPWW55-61
