"""The units that need no import: Chinese and short names, exact factors, pint's names."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct


class Unit(Struct, frozen=True):
    """What a unit measures, how many base units it is, and what pint calls it."""

    dimension: str
    factor: Fraction
    pint_name: str | None


_MEASURES: tuple[tuple[str, str, str | None, str], ...] = (
    # dimension, factor to the base unit, pint's name, spellings
    ("length", "1", "metre", "m 米 公尺"),
    ("length", "1/1000", "millimetre", "mm 毫米"),
    ("length", "1/100", "centimetre", "cm 厘米 公分"),
    ("length", "1000", "kilometre", "km 公里 千米"),
    ("time", "1", "second", "s 秒 秒钟 sec second seconds"),
    ("time", "60", "minute", "min 分钟 分 minute minutes"),
    ("time", "3600", "hour", "h 小时 时 钟头 个小时 時間 hour hours hr hrs"),
    ("time", "86400", "day", "d 天 日 day days"),
    ("time", "604800", "week", "周 星期 week weeks"),
    ("calendar time", "1", None, "月 month months"),  # of no fixed number of days
    ("calendar time", "12", None, "年 year years"),
    ("area", "1", "metre**2", "m² m2 平方米"),
    ("area", "10000", "hectare", "ha 公顷 hm² hm2"),
    ("area", "1000000", "kilometre**2", "km² km2 平方公里 平方千米"),
    ("area", "2000/3", None, "亩"),
    ("volume", "1", "metre**3", "m³ m3 立方米 方"),
    ("volume", "1/1000", "litre", "L l 升"),
    ("mass", "1", "kilogram", "kg 千克 公斤"),
    ("mass", "1/1000", "gram", "g 克"),
    ("mass", "1/1000000", "milligram", "mg 毫克"),
    ("mass", "1000", "tonne", "t 吨"),
    ("power", "1", "watt", "W 瓦"),
    ("power", "1000", "kilowatt", "kW 千瓦"),
    ("power", "1000000", "megawatt", "MW 兆瓦"),
    ("power", "1000000000", "gigawatt", "GW 吉瓦"),
    ("energy", "3600000", "kilowatt_hour", "kWh 千瓦时"),
    ("speed", "1", "metre/second", "m/s 米/秒"),
    ("speed", "5/18", "kilometre/hour", "km/h 公里/小时 千米/小时"),
    ("speed", "1/3600000", "millimetre/hour", "mm/h 毫米/小时"),
    ("flow", "1", "metre**3/second", "m³/s m3/s 立方米/秒"),
    ("flow", "1/86400", "metre**3/day", "m³/d m3/d 立方米/日 立方米/天"),
    ("pressure", "1", "pascal", "Pa 帕"),
    ("pressure", "100", "hectopascal", "hPa 百帕"),
    ("pressure", "1000", "kilopascal", "kPa 千帕"),
    ("pressure", "1000000", "megapascal", "MPa 兆帕"),
    ("voltage", "1", "volt", "V 伏"),
    ("voltage", "1000", "kilovolt", "kV 千伏"),
    ("concentration", "1", "gram/metre**3", "g/m³ g/m3 克/立方米"),
    ("concentration", "1/1000", "milligram/metre**3", "mg/m³ mg/m3 毫克/立方米"),
    ("concentration", "1/1000000", "microgram/metre**3", "μg/m³ μg/m3 ug/m3 微克/立方米"),
    ("concentration", "1/1000000", "microgram/metre**3", "µg/m³ µg/m3"),  # with the micro sign
    ("concentration", "1", "milligram/litre", "mg/L 毫克/升"),
    ("temperature", "1", "degree_Celsius", "℃ °C 摄氏度"),
    ("ratio", "1/100", "percent", "% 百分比 个百分点 percent"),
    ("ratio", "1/1000", "permille", "‰"),
    ("ratio", "1", "dimensionless", "倍"),
    ("money", "1", None, "元 人民币元"),
    ("grade", "1", None, "级"),
    ("intensity", "1", None, "度"),  # seismic intensity
)

_COUNTERS = (
    "人 名 例 位 口 人次 person persons people",  # told apart by the fact, not by the counter
    "起 宗",
    "座",
    "间",
    "户",
    "栋 幢",
    "处",
    "条",
    "辆",
    "列",
    "节",
    "艘",
    "架",
    "台",
    "套",
    "头",
    "只",
    "匹",
    "株 棵",
    "家",
    "所",
    "次",
    "件",
    "份",
    "批",
    "支",
    "顶",
    "床",
    "张",
    "箱",
    "桶",
    "袋",
    "瓶",
    "块",
    "回",
    "省",
    "市",
    "县",
    "区",
    "乡",
    "镇",
    "村",
    "社区",
    "个",
)

MONEY = "money of "
"""How the dimension of every declared currency begins."""

COUNTED = "count of "
"""How the dimension of every counter begins."""

COUNTERS: Mapping[str, str] = MappingProxyType(
    {word: f"{COUNTED}{group.split()[0]}" for group in _COUNTERS for word in group.split()}
)
"""The dimension of each counter."""


def _table() -> Mapping[str, Unit]:
    table = {
        spelling: Unit(dimension, Fraction(factor), pint_name)
        for dimension, factor, pint_name, spellings in _MEASURES
        for spelling in spellings.split()
    }
    table |= {word: Unit(dimension, Fraction(1), None) for word, dimension in COUNTERS.items()}
    return MappingProxyType(table)


UNITS: Mapping[str, Unit] = _table()
"""Every unit of the table by each of its spellings."""
