"""Telephone numbers an SMS can go to, in the one form they are compared and stored in on envelopes (E.164)."""

import phonenumbers

_MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def mobile(typed: str | None) -> str | None:
    """`+84912345678` of whatever somebody typed; None when it is no mobile number in use (old 11 digits neither)."""
    if not typed:
        return None
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(e164: str) -> str:
    """`0912345678`: how people here write it."""
    return f"0{e164.removeprefix('+84')}" if e164.startswith("+84") else e164


def plain(e164: str) -> str:
    """`84912345678`: how gateways take it."""
    return e164.removeprefix("+")
