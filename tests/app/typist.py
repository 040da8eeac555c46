"""A typist who works on a draft as fast as the disk allows, until the process is killed.

Run as a program: `typist.py DATABASE SEED [STEPS]`. What is done follows from the seed alone, so
that a second run with a number of steps shows what the first one must have left behind. Every write
is acknowledged by a line with its number.
"""

import itertools
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.draft import Draft, keep
from app.report import Report
from app.store.store import Store

CELLS = ("t3.new.natural", "t3.new.total", "t3.granted.natural", "t2.fees.amount")
TEXTS = ("narratives.s1", "narratives.s5", "org")


class Typist:
    """Does one thing after the other to a draft."""

    def __init__(self, draft, seed):
        self.draft = draft
        self.choice = random.Random(seed)

    def act(self):
        choose = self.choice
        kinds = [self.type_on] * 4 + [self.fill_in] * 2
        kinds += [self.paste, self.draft.undo, self.draft.undo, self.draft.redo, self.draft.seal]
        choose.choice(kinds)()

    def fill_in(self):
        cell, value = self.choice.choice(CELLS), self.choice.choice((None, 0, 1, 21, 10**15))
        self.draft.set({cell: value}, "填写")

    def paste(self):
        figures = {cell: self.choice.randrange(1000) for cell in CELLS}
        self.draft.set(figures | {"narratives.s1": "主动公开。\n" * 400}, "粘贴")

    def type_on(self):
        item = self.choice.choice(TEXTS)
        text = self.draft.report.text(item)
        place = self.choice.randrange(len(text) + 1)
        ends = place + self.choice.choice((0, 0, 0, 2))
        body = text[:place] + self.choice.choice("公开申请") + text[ends:]
        self.draft.set({item: body}, "编写", merge=True)


def work(path, seed, steps=None):
    moments = itertools.count()
    begin = datetime(2025, 1, 6, tzinfo=UTC)
    store = Store.open(path, lambda: begin + timedelta(seconds=next(moments)))
    report = keep(store, Report.new("示例市档案局", 2024), "新建", "张三")
    typist = Typist(Draft.open(store, report, "张三"), seed)
    print(typist.draft.head.stamp, flush=True)
    while steps is None or typist.draft.head.stamp < steps:
        before = typist.draft.head.stamp
        typist.act()
        if typist.draft.head.stamp != before:
            print(typist.draft.head.stamp, flush=True)
    store.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), *map(int, sys.argv[2:]))
