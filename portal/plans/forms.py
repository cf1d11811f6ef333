"""What people type on the plan pages, as typed values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from werkzeug.datastructures import MultiDict

from portal.text import nfc, normalise_spaces

_FIELDS = ("title", "agency", "due", "mode", "recurrence", "supporting")

#: What stands between names in one field; no name holds it.
_BETWEEN = " | "


@dataclass(frozen=True)
class TypedCard:
    """The fields of one proposed card as they stand in the form, and as they stood when the form was drawn.

    The second set is what makes two people's edits meet without loss: a field that the other one changed is
    only a conflict when this one changed it too.
    """

    typed: Mapping[str, str]
    stood: Mapping[str, str]

    @classmethod
    def sent(cls, form: MultiDict[str, str]) -> Self:
        """What a request brought; a field that was not sent was not changed."""
        stood = {name: _clean(form.get(f"{name}_was", "")) for name in _FIELDS}
        typed = {name: _clean(form.get(name, stood[name])) for name in _FIELDS}
        if "supporting_was" in form:
            typed["supporting"] = joined_names(form.getlist("supporting"))
        if new := _clean(form.get("new_agency", "")):
            typed["agency"] = f"new:{new}"
        return cls(typed, stood)

    def __getitem__(self, name: str) -> str:
        """What is typed in a field now."""
        return self.typed[name]

    def changed(self, name: str) -> bool:
        """Whether the person changed this field."""
        return self.typed[name] != self.stood[name]


def joined_names(names: Iterable[str]) -> str:
    """Names as one field holds them, in one order."""
    return _BETWEEN.join(sorted(_clean(name) for name in names))


def parted_names(field: str) -> list[str]:
    """The names a field holds."""
    return [name for name in field.split(_BETWEEN) if name]


@dataclass(frozen=True)
class TypedNewCard:
    """A card somebody adds by hand; `agency` is the id of one the ward has, or `new:` and a name."""

    title: str
    agency: str
    due: str

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> Self:
        """What a request brought."""
        new = _clean(form.get("new_agency", ""))
        agency = f"new:{new}" if new else _clean(form.get("agency", ""))
        return cls(_clean(form.get("title", "")), agency, _clean(form.get("due", "")))


@dataclass(frozen=True)
class TypedHead:
    """The number and the day of a plan, where the document left them blank."""

    number: str
    day: str

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> Self:
        """What a request brought."""
        return cls(**{name: _clean(form.get(name, "")) for name in ("number", "day")})


def _clean(typed: str) -> str:
    return normalise_spaces(nfc(typed))
