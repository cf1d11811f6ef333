"""`make strings` gathers every sentence for people into the catalogue, `make strings-check` says what is wrong."""

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from portal.catalogue import FOLDER, NUMBERED, catalogue_of
from portal.local.settings import ROOT

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")

#: Where words stand, and how they are marked there.
_READERS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/**.txt", "jinja2.ext:babel_extract"),
]
#: `_in` says first where the words stand: "Trả lại" names a state ("Returned") and a button ("Return").
_MARKS = {"_": None, "_l": None, "say": None, "_in": ((1, "c"), 2)}

#: A catalogue says no time of its own, so that gathering twice changes nothing.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def said_in_the_code() -> Catalog:
    """Every sentence marked in modules and templates."""
    catalogue = Catalog()
    found = extract_from_dir(
        ROOT, method_map=_READERS, keywords=_MARKS, comment_tags=(), directory_filter=_is_ours
    )
    for _file, _line, words, _comments, context in found:
        catalogue.add(words, context=context)
    return catalogue


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    return Path(folder).name not in {"static", "node_modules", "var", "tests", "benchmarks"} and not Path(
        folder
    ).name.startswith(".")


def gather(language: str) -> int:
    """Bring a catalogue up to date: new sentences without words yet, old ones gone. How many wait for words."""
    catalogue = catalogue_of(language)
    catalogue.update(said_in_the_code(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.revision_date = catalogue.creation_date = _EPOCH
    path = FOLDER / language / "LC_MESSAGES" / "portal.po"
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=False, include_previous=False, width=110)
    return sum(not message.string for message in catalogue if message.id)


def faults(language: str) -> list[str]:
    """What is wrong with a language: a sentence without words, one nobody says any more, placeholders that differ."""
    catalogue, said = catalogue_of(language), said_in_the_code()
    wanted = {_named(message) for message in said if message.id}
    known = {_named(message): message for message in catalogue if message.id}
    return [
        *(f"missing: {words}" for words in sorted(wanted) if words not in known or not known[words].string),
        *(f"said nowhere: {words}" for words in sorted(set(known) - wanted)),
        *(fault for message in known.values() for fault in _faults_of(message)),
    ]


def _named(message: Message) -> str:
    return f"{message.context}: {message.id}" if message.context else str(message.id)


def _faults_of(message: Message) -> Iterator[str]:
    words, said = str(message.id), str(message.string)
    if message.fuzzy:
        yield f"fuzzy: {words}"
    if said and _placeholders(words) != _placeholders(NUMBERED.sub("", said)):
        yield f"placeholders differ: {words} / {said}"
    if any(found["name"] not in words for found in NUMBERED.finditer(said)):
        yield f"counts what is not there: {words} / {said}"


def _placeholders(words: str) -> set[str]:
    return set(_PLACEHOLDER.findall(words))


def main() -> None:
    """Gather, or with the argument `check` say what is wrong."""
    if sys.argv[1:] == ["check"]:
        found = faults("en")
        print("\n".join(found) or "Đủ câu, đủ chỗ điền.")
        sys.exit(bool(found))
    print(f"{gather('en')} câu chưa có bản tiếng Anh: portal/translations/en/LC_MESSAGES/portal.po")


if __name__ == "__main__":
    main()
