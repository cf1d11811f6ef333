"""Words that the forms of a card choose from."""

from flask_babel import lazy_gettext as _l

#: How often somebody may let a duty come back.
RHYTHMS = {
    "weekly": _l("Hằng tuần"),
    "monthly": _l("Hằng tháng"),
    "quarterly": _l("Hằng quý"),
    "semiannual": _l("6 tháng một lần"),
}
