"""自治体標準オープンデータセット 指定緊急避難場所一覧, the new sheet (39 columns) and the old one (26) (city.md §2.2).

Both are read by the names of their columns: cities change the order, leave columns out and rename some.
"""

from alerts.shelter.column_map import ColumnMap, Flags
from alerts.shelter.csv_table import ImportTable
from alerts.shelter.site import SITE_HAZARDS

COLUMNS = (
    "全国地方公共団体コード",
    "ID",
    "名称",
    "名称_カナ",
    "名称_英字",
    "所在地_全国地方公共団体コード",
    "町字ID",
    "所在地_連結表記",
    "所在地_都道府県",
    "所在地_市区町村",
    "所在地_町字",
    "所在地_番地以下",
    "建物名等(方書)",
    "緯度",
    "経度",
    "標高",
    "電話番号",
    "内線番号",
    "連絡先メールアドレス",
    "連絡先FormURL",
    "連絡先備考（その他、SNSなど）",
    "郵便番号",
    "市区町村コード",
    "地方公共団体名",
    *(f"災害種別_{name}" for name in SITE_HAZARDS.values()),
    "指定避難所との重複",
    "想定収容人数",
    "対象となる町会・自治会",
    "URL",
    "画像",
    "画像_ライセンス",
    "備考",
)
"""The new sheet in its published order."""

OLD_ONLY = ("NO", "住所", "方書", "都道府県名", "市区町村名")

STANDARD = ColumnMap(
    title="自治体標準オープンデータセット",
    columns={
        "id": (("ID",),),
        "name": (("名称",),),
        "address": (
            ("所在地_連結表記",),
            ("所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下"),
            ("住所",),
        ),
        "latitude": (("緯度",),),
        "longitude": (("経度",),),
        "note": (("備考",),),
        "name_kana": (("名称_カナ",),),
        "name_en": (("名称_英字",),),
        "capacity": (("想定収容人数",),),
        "phone": (("電話番号",),),
        "communities": (("対象となる町会・自治会",), ("対象となる地区",)),
        "url": (("URL",),),
    },
    hazards={hazard: (f"災害種別_{name}",) for hazard, name in SITE_HAZARDS.items()},
    flags=Flags(yes=frozenset({"1"}), no=frozenset({"", "0"})),
    shelter="指定避難所との重複",
    municipality="市区町村コード",
    unread=frozenset((*COLUMNS, *OLD_ONLY)),
)


def is_standard(table: ImportTable) -> bool:
    """Whether the names of the columns are those of the standard, new or old."""
    return table.has("名称") and any(table.has(column) for columns in STANDARD.hazards.values() for column in columns)
