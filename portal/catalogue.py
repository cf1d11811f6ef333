"""The words in other languages: read from portal/translations once they are asked for, with numbers put right.

Vietnamese words do not change with number; English ones do. A translation says both: "%(n)s {n:task|tasks}".
"""

import io
import re
from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel import Babel, Domain, get_locale

FOLDER = Path(__file__).parent / "translations"

#: What the product is written in, and what it can be read in.
WRITTEN_IN = "vi"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

#: `{n:task|tasks}`: the first when `n` is one, the second otherwise.
NUMBERED = re.compile(r"\{(?P<name>\w+):(?P<one>[^|{}]*)\|(?P<many>[^|{}]*)\}")


class Numbered(str):
    """A translation that says both the singular and the plural; filling it in picks one."""

    __slots__ = ()

    def chosen(self, values: Mapping[str, object]) -> str:
        """The words for these values, `%(name)s` still in them."""
        return NUMBERED.sub(
            lambda found: found["one"] if str(values.get(found["name"])) == "1" else found["many"], self
        )

    def __mod__(self, values: object) -> str:
        return (self.chosen(values) if isinstance(values, Mapping) else str(self)) % values


class _Words(Translations):
    """A catalogue whose numbered words come as such."""

    def gettext(self, message: str) -> str:
        said = super().gettext(message)
        return Numbered(said) if NUMBERED.search(said) else said

    ugettext = gettext


class Words(Domain):
    """Where Flask-Babel finds a language: nothing to look up for the one the product is written in."""

    def get_translations(self) -> NullTranslations:
        """The words of whoever is asking."""
        language = str(get_locale() or WRITTEN_IN)
        return words_in(language) if language in LANGUAGES else words_in(WRITTEN_IN)


_words = Words()


class Languages(Babel):
    """Flask-Babel with our own way to find words."""

    @property
    def domain_instance(self) -> Domain:
        """The one catalogue of the product."""
        return _words


@cache
def words_in(language: str) -> NullTranslations:
    """The words of a language, read once in each process (about a tenth of a second)."""
    if language == WRITTEN_IN:
        return Translations()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue_of(language))
    compiled.seek(0)
    return _Words(compiled)


def catalogue_of(language: str) -> Catalog:
    """The file of a language as it is committed: portal/translations/<language>/LC_MESSAGES/portal.po."""
    with (FOLDER / language / "LC_MESSAGES" / "portal.po").open("rb") as file:
        return read_po(file, locale=language)
