"""The kinds of agencies a ward has, so that agencies with different names can be counted together."""

import difflib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from portal.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_ASKED = re.compile(
    r"^(?:(?:giao(?: cho)?|de nghi|yeu cau|phan cong|kinh de nghi|(?:cac )?dong chi|cac ong,? ba)\s+)+"
)
_LEVEL = re.compile(
    r"\s+(?:(?:thuoc|cua)\s+)?(?:tren dia ban.*|(?:ubnd )?(?:phuong|xa|thi tran|dac khu)(?:\s+\w+){0,4})$"
)
# A civil servant of the old commune is named with or without the word for the post.
_POST = re.compile(r"^(?:cong chuc|can bo|bo phan|chuyen trach|phu trach|linh vuc|vien chuc)\s+")
# An agency may be named by whoever heads it: "Trưởng Công an phường", "Bí thư Đoàn Thanh niên".
_HOLDER = re.compile(r"^(?:pho )?(?:truong|chanh|giam doc|chi huy truong|bi thu|chu tich)\s+(?!ban\b)")
_JOINERS = {"va", "cung", "cac", "cho"}
_ABBREVIATIONS = {
    "vhxh": "van hoa xa hoi",
    "vh": "van hoa",
    "xh": "xa hoi",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "tbxh": "thuong binh xa hoi",
    "ld": "lao dong",
    "tb": "thuong binh",
    "tckt": "tai chinh ke toan",
    "tckh": "tai chinh ke hoach",
    "tc": "tai chinh",
    "kt": "ke toan",
    "kh": "ke hoach",
    "tpht": "tu phap ho tich",
    "tp": "tu phap",
    "ht": "ho tich",
    "dcxd": "dia chinh xay dung",
    "dc": "dia chinh",
    "xd": "xay dung",
    "mt": "moi truong",
    "nn": "nong nghiep",
    "vptk": "van phong thong ke",
    "vp": "van phong",
    "tk": "thong ke",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "ub": "uy ban",
    "vn": "viet nam",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ca": "cong an",
    "tyt": "tram y te",
    "tdp": "to dan pho",
    "lhpn": "lien hiep phu nu",
    "pn": "phu nu",
    "tncs": "thanh nien cong san",
    "hcm": "ho chi minh",
    "tn": "thanh nien",
    "dtn": "doan thanh nien",
    "ct": "chinh tri",
    "ctxh": "chinh tri xa hoi",
    "ctd": "chu thap do",
    "hctd": "hoi chu thap do",
    "hlhpn": "hoi lien hiep phu nu",
    "hpn": "hoi phu nu",
    "hccb": "hoi cuu chien binh",
    "hnd": "hoi nong dan",
    "ccb": "cuu chien binh",
    "nd": "nong dan",
    "chqs": "chi huy quan su",
    "bchqs": "ban chi huy quan su",
    "qs": "quan su",
    "thcs": "trung hoc co so",
    "tt": "trung tam",
    "pvhcc": "phuc vu hanh chinh cong",
    "cudvc": "cung ung dich vu cong",
    "bcd": "ban chi dao",
    "cc": "cong chuc",
}
_TYPO_RATIO = 0.92


@dataclass(frozen=True)
class AgencyKind:
    """One canonical kind of agency: `name` in full, `short` for narrow columns, `mode` for giao or đề nghị.

    `successor_2025` is the kind that took over its child affairs in 2025 (Decree 150/2025), if any.
    """

    code: str
    name: str
    english: str
    short: str
    mode: Literal["assign", "request"]
    kind: str
    tier: str
    parent: str | None
    successor_2025: str | None
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every way the kind is written, the full name first."""
        return (self.name, *self.aliases)


def _load() -> dict[str, AgencyKind]:
    rows = json.loads(Path(__file__).with_name("agency_kinds.json").read_text(encoding="utf-8"))
    return {row["code"]: AgencyKind(**{**row, "aliases": tuple(row["aliases"])}) for row in rows}


AGENCY_KINDS: dict[str, AgencyKind] = _load()


def match_kind(name: str) -> AgencyKind | None:
    """Return the kind `name` stands for, or None; accents, level, abbreviations and small slips aside."""
    code = _match(fold(name))
    return AGENCY_KINDS[code] if code else None


def exact_kind(name: str) -> AgencyKind | None:
    """Return the kind whose name, alias or abbreviation `name` is, slips not forgiven; quick enough to try often."""
    known = _known_keys()
    code = next((known[key] for key in _keys(fold(name)) if key in known), None)
    return AGENCY_KINDS[code] if code else None


@cache
def _match(folded: str) -> str | None:
    known = _known_keys()
    for key in _keys(folded):
        if key in known:
            return known[key]
    return next((code for key in _keys(folded) if (code := _near(key))), None)


def _near(key: str) -> str | None:
    if len(key) < 8:
        return None
    close = difflib.get_close_matches(key, _known_keys(), n=1, cutoff=_TYPO_RATIO)
    return _known_keys()[close[0]] if close else None


@cache
def _known_keys() -> dict[str, str]:
    """Keys of every name; a full form beats a shortened one, the earlier kind beats the later."""
    keys: dict[str, str] = {}
    ranked = [
        (rank, key, kind.code)
        for kind in AGENCY_KINDS.values()
        for name in kind.names
        for rank, key in enumerate(_keys(fold(name)))
    ]
    for _, key, code in sorted(ranked, key=lambda entry: entry[0]):
        keys.setdefault(key, code)
    return keys


def _keys(folded: str) -> list[str]:
    """Shorter and shorter keys of one name: as written, spelled out, without its level, without its post."""
    asked = _ASKED.sub("", folded.strip(" .:;,-"))
    without_note = re.sub(r"\s*\(.*?\)", "", asked)
    without_level = _LEVEL.sub("", without_note)
    forms = [asked, without_note, without_level, _POST.sub("", without_level), _HOLDER.sub("", without_level)]
    keys = [" ".join(words) for form in forms for words in (_words(form), _spelled_out(_words(form)))]
    return [key for key in dict.fromkeys(keys) if key]


def _words(form: str) -> list[str]:
    return [word for word in _WORD.findall(form) if word not in _JOINERS]


def _spelled_out(words: list[str]) -> list[str]:
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words).split()
