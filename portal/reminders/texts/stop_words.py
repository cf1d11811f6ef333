"""The words with which somebody stops short messages, or wants them again (Decree 91/2020: stop at once)."""

from portal.text import fold

STOP, AGAIN = "stop", "again"

_STOPS = frozenset({"tc", "tu choi", "huy", "stop"})
_AGAINS = frozenset({"nhan", "nhan lai", "start"})


def wish_of(text: str) -> str:
    """What an answer asks for, with or without accents and capitals; empty: nothing a machine may decide."""
    said = fold(text).strip(" .!,\"'")
    if said in _STOPS:
        return STOP
    return AGAIN if said in _AGAINS else ""
