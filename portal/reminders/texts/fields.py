"""The fields of a template that Zalo fills in: each a string no longer than its kind of parameter may be."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.reminders.texts.texts import blanks_of, cut_title

#: Letters of one field at most: a label of the template's own kind has 30, a number or a day 20, a link 200.
FIELD_LETTERS = {"task": 30, "day": 20, "days": 20, "count": 20, "late": 20, "link": 200}

#: Letters of a whole template (its text; the button is counted apart).
BODY_LETTERS = 400


def fields_of(body: str, values: Mapping[str, str]) -> dict[str, str]:
    """What goes into the blanks of a registered template.

    `link` is the part after our own domain: the button has the domain, and nobody can lead it elsewhere.
    """
    shown = {**values, "task": cut_title(values["task"], FIELD_LETTERS["task"]) or f"Việc {values['number']}"}
    if "link" in values:
        shown["link"] = urlsplit(values["link"])._replace(scheme="", netloc="").geturl().lstrip("/")
    return {blank: shown[blank][: FIELD_LETTERS[blank]] for blank in sorted(blanks_of(body))}
