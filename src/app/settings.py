"""The settings: what somebody chose once for all reports of a database, with good defaults.

They are kept as texts, each under the name of its field, in the store and so in its backups. What
is set elsewhere (the desks of `circulation`, the last place in a report) is not among them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path

LOOKS = {"": "跟随系统", "light": "浅色", "dark": "深色"}
TEXT_SIZES = (100, 125, 150, 175, 200)
"""Sizes of text in the window, in percent."""
_DAY = "%m-%d"
_COMMON_YEAR = 2001
"""29 February is nobody's deadline."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen.

    Attributes:
        who: whose name the steps carry; empty: that of the login.
        unit: what a new report of the own unit begins with, by item: org, unit_type, cover.….
        due: month and day (01-20) by which the office above wants the report; empty: Art. 49.
        fonts: for a role of `writers.fonts` the choice of a face, as `Fonts.find` takes them.
        text_size: of the window, in percent.
        look: a key of `LOOKS`; empty: as the desktop has it.
        backup_place: a second folder for backups; empty: none.
    """

    who: str = ""
    unit: Mapping[str, str] = field(default_factory=dict)
    due: str = ""
    fonts: Mapping[str, str] = field(default_factory=dict)
    text_size: int = TEXT_SIZES[0]
    look: str = ""
    backup_place: str = ""

    @property
    def org(self) -> str:
        """The own unit."""
        return self.unit.get("org", "")

    @property
    def second_place(self) -> Path | None:
        """The second folder for backups, None without one."""
        return Path(self.backup_place) if self.backup_place else None

    def due_day(self, year: int) -> date | None:
        """Return the day by which the report of a year is wanted; None: the law alone rules."""
        try:
            day = datetime.strptime(f"{_COMMON_YEAR}-{self.due}", f"%Y-{_DAY}")
        except ValueError:
            return None
        return day.date().replace(year=year + 1)


def read(setting: Callable[[str], str]) -> Settings:
    """Return the settings of a database; what cannot be read has its default."""
    return Settings(
        who=setting("who"),
        unit=_mapping(setting("unit")),
        due=setting("due"),
        fonts=_mapping(setting("fonts")),
        text_size=_text_size(setting("text_size")),
        look=setting("look") if setting("look") in LOOKS else "",
        backup_place=setting("backup_place"),
    )


def write(settings: Settings, keep: Callable[[str, str], None]) -> None:
    """Keep settings, each as a text under its name."""
    for each in fields(settings):
        value = getattr(settings, each.name)
        kept = json.dumps(dict(value), ensure_ascii=False) if isinstance(value, Mapping) else value
        keep(each.name, str(kept))


def _text_size(kept: str) -> int:
    return int(kept) if kept.isdecimal() and int(kept) in TEXT_SIZES else TEXT_SIZES[0]


def _mapping(kept: str) -> dict[str, str]:
    try:
        content = json.loads(kept)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in content.items()} if isinstance(content, dict) else {}
