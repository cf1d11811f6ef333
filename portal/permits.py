"""How a route says what it needs. Silence means nobody may call it."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

#: Anyone, without signing in.
PUBLIC = "public"

#: Anyone who is signed in, whatever their role.
SIGNED_IN = "signed_in"


def needs(permission: str) -> Callable[[View], View]:
    """Declare the permission a view needs: PUBLIC, SIGNED_IN, or one of the table in tenants/access.py."""

    def declare(view: View) -> View:
        view.needs = permission  # type: ignore[attr-defined]
        return view

    return declare


def of_adults(view: View) -> View:
    """Declare that a view's form is about officers, by name and phone: the child-identity guard does not read it."""
    view.of_adults = True  # type: ignore[attr-defined]
    return view


def names_adults(view: Callable[..., Any]) -> bool:
    """Whether a view declared that its form names officers."""
    return bool(getattr(view, "of_adults", False))


def needed_by(view: Callable[..., Any]) -> str | None:
    """What a view declared, or None when it stayed silent."""
    permission: str | None = getattr(view, "needs", None)
    return permission
