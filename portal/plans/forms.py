"""What people type on the plan pages, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from portal.text import nfc, normalise_spaces

_FIELDS = ("title", "agency", "due")


@dataclass(frozen=True)
class TypedCard:
    """The fields of one proposed card as they stand in the form, and as they stood when the form was drawn.

    The second set is what makes two people's edits meet without loss: a field that the other one changed is
    only a conflict when this one changed it too.
    """

    title: str
    agency: str
    due: str
    title_was: str
    agency_was: str
    due_was: str

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> Self:
        """What a request brought; a field that was not sent was not changed."""
        before = {f"{name}_was": _clean(form.get(f"{name}_was", "")) for name in _FIELDS}
        now = {name: _clean(form[name]) if name in form else before[f"{name}_was"] for name in _FIELDS}
        return cls(**now, **before)

    def changed(self, name: str) -> bool:
        """Whether the person changed this field."""
        return bool(getattr(self, name) != getattr(self, f"{name}_was"))


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
