"""How prose names the figures of a form: topics, and the quantities told of them.

The words are data beside the form (`resources/forms/words`), so that a form for a new year can
bring its own. Their notation: `[x]` may be missing, `(x|y)` is one of several, the rest stands as
it is; `{year}`, `{last_year}` and `{next_year}` are filled.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import resources


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence is about: `nouns` name it, `weak` ones only next to a verb of the topic.

    In prose of `section` it is the topic from the start; elsewhere a paragraph must hold one of the
    words `within`, where there are any, for a noun to count.
    """

    id: str
    nouns: tuple[str, ...]
    weak: tuple[str, ...] = ()
    section: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that prose may tell.

    It does so by `words` of their own, by `verbs` beside a noun of the topic, or (`plain`) by the
    noun alone. `readings` are the sums of cells that it may legitimately mean; `after`: the words
    may also follow the figure.
    """

    topic: str
    name: str
    readings: tuple[tuple[str, ...], ...]
    words: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    plain: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that prose can say about the figures of a form."""

    topics: tuple[Topic, ...] = ()
    quantities: tuple[Quantity, ...] = ()


def read(data: Mapping[str, Any], beside: Path, resolve: Callable[[str], tuple[str, ...]]) -> Words:
    """Return the words of a form file: those of the file it names (`words`) and its own.

    `resolve` turns a role or cell id into cells, into none where the form lacks it.
    """
    entries: list[Mapping[str, Any]] = [data]
    if "words" in data:
        entries.insert(0, _load(str(data["words"]), beside))
    topics = tuple(
        Topic(
            id=topic["id"],
            nouns=tuple(topic["nouns"]),
            weak=tuple(topic.get("weak", ())),
            section=topic.get("section", ""),
            within=tuple(topic.get("within", ())),
        )
        for entry in entries
        for topic in entry.get("topic", ())
    )
    quantities = (_quantity(q, resolve) for entry in entries for q in entry.get("quantity", ()))
    return Words(topics, tuple(q for q in quantities if q.readings))


def _load(name: str, beside: Path) -> dict[str, Any]:
    places = (beside / "words" / name, resources.root() / "forms" / "words" / name)
    path = next((place for place in places if place.is_file()), places[-1])
    with path.open("rb") as file:
        return tomllib.load(file)


def _quantity(data: Mapping[str, Any], resolve: Callable[[str], tuple[str, ...]]) -> Quantity:
    readings = []
    for reading in data["readings"]:
        parts = [resolve(part) for part in reading]
        if all(parts):
            readings.append(tuple(cell for part in parts for cell in part))
    return Quantity(
        topic=data["topic"],
        name=data["name"],
        readings=tuple(dict.fromkeys(readings)),
        words=tuple(data.get("words", ())),
        verbs=tuple(data.get("verbs", ())),
        plain=data.get("plain", False),
        after=data.get("after", False),
    )
