"""The circulation of an open report: on its way from desk to desk, with papers that were printed.

What may be done is in `signoff`, what is kept in the store; here both meet the draft.
"""

from dataclasses import dataclass, replace
from datetime import date

from app import fingerprint, signoff
from app.checks import Context
from app.comparison import Comparison
from app.draft import Draft, restored
from app.report import Report
from app.signoff import Post, Route
from app.store.record import Copy, Move, Note, Signature
from app.store.store import Store

CHAIN = "chain"
"""The setting that holds the desks."""
SENT = "送审"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a code on a paper tells: the revision it was printed of, and what changed since.

    `comparison` is None where the paper says what the report says now; `other` is a print of
    another report that carries the code. Without any of them the code is of nothing known here.
    """

    code: str
    revision: int | None = None
    comparison: Comparison | None = None
    other: Copy | None = None


class Circulation:
    """The way of one draft through its desks.

    Raises, in every method that writes: StoreError.
    """

    def __init__(self, store: Store, draft: Draft) -> None:
        self._store, self._draft = store, draft
        self._facts = store.circulation

    @property
    def chain(self) -> tuple[Post, ...]:
        """The desks that the report passes."""
        return signoff.read_chain(self._store.setting(CHAIN))

    @property
    def code(self) -> str:
        """The code of the content as it is now."""
        return fingerprint.code(self._draft.report)

    def moves(self) -> list[Move]:
        """Return the moves from state to state, the earliest first."""
        return self._store.moves(self._report)

    def signatures(self) -> list[Signature]:
        """Return every signature, the earliest first, lapsed ones included."""
        return self._facts.signatures(self._report)

    def in_force(self) -> dict[str, Signature]:
        """Return the signature of each desk that has given one to what there is now."""
        return {s.post: s for s in self.signatures() if not s.lapsed}

    def unsigned(self) -> tuple[str, ...]:
        """Return the desks that have not signed what there is now."""
        return signoff.unsigned(self.chain, self.in_force())

    def in_context(self, context: Context) -> Context:
        """Return what a check may know, with what it should know about the review."""
        signatures, locked = self.signatures(), self._draft.is_locked
        changed = bool(signatures) and not locked and signatures[-1].code != self.code
        unsigned = self.unsigned() if locked else ()
        return replace(context, reviewing=locked, unsigned=unsigned, changed_since_review=changed)

    def routes(self) -> tuple[Route, ...]:
        """Return the ways that lead on from where the report stands."""
        return tuple(r for r in signoff.ROUTES if self._draft.head.state in r.start)

    def go(self, route: Route, reason: str = "", published: date | None = None) -> None:
        """Let the report go a way; who sends it round signs at the first desk.

        Raises:
            Refused: it may not.
        """
        signoff.check(route, self._draft.head.state, reason)
        if route is signoff.FINISH:
            signoff.check_final(self._draft.findings, self.unsigned(), reason)
        self._draft.move(route.end, reason.strip(), published.isoformat() if published else "")
        if route is signoff.SEND:
            self.sign(self.chain[0].title, self._draft.who, self._store.now().date(), SENT)

    def sign(self, post: str, who: str, day: date, opinion: str) -> None:
        """Record that somebody signed the paper of the report as it stands.

        Raises:
            Refused: it is not said who.
        """
        if not who.strip():
            raise signoff.Refused("请填写签署人的姓名。")
        head = self._draft.head
        self._facts.sign(head, post, who.strip(), day, opinion.strip(), self.code, self._draft.who)

    # Notes

    def notes(self) -> list[Note]:
        """Return the notes, the earliest first."""
        return self._facts.notes(self._report)

    def note(self, item: str, excerpt: str, body: str, who: str) -> None:
        """Keep a remark on a cell, or on a sentence (`excerpt`) of a text.

        Raises:
            Refused: there is nothing in it.
        """
        if not body.strip():
            raise signoff.Refused("批注没有内容，请写明意见。")
        self._facts.note(self._draft.head, item, excerpt, body.strip(), who.strip())

    def answer(self, note: Note, text: str) -> None:
        """Answer a note.

        Raises:
            Refused: there is nothing in it.
        """
        if not text.strip():
            raise signoff.Refused("答复没有内容，请写明如何处理。")
        self._facts.answer(note.id, text.strip(), self._draft.who)

    # Papers

    def log(self, revision: int, code: str, copies: int, printer: str, purpose: str) -> None:
        """Record a print of a revision with its code, once a queue has accepted it."""
        moment, who = self._store.now(), self._draft.who
        self._facts.log(Copy(self._report, revision, code, moment, who, copies, printer, purpose))

    def copies(self) -> list[Copy]:
        """Return the prints, the latest first."""
        return self._facts.copies(self._report)

    def is_outdated(self, copy: Copy) -> bool:
        """Say whether the report says something else by now than this print."""
        return copy.code != self.code

    def since(self, revision: int) -> Comparison:
        """Return what changed since a revision.

        Raises:
            Missing: there is no such revision.
        """
        items = self._store.at(self._report, revision)
        return Comparison(self._of(items), self._draft.report.copy())

    def corrected(self) -> tuple[Move, Comparison] | None:
        """Return the reopening of a published report, and what changed since it was published.

        None where it was never published, or is published as it is.
        """
        opened = [m for m in self.moves() if m.was == "published"]
        return (opened[-1], self.since(opened[-1].revision)) if opened else None

    def trace(self, text: str) -> Paper:
        """Find out what a paper with a code says, from the code as it was typed or scanned.

        Looks at the log of prints first, then through every revision.

        Raises:
            Mistyped: it is no code at all.
        """
        code = fingerprint.read(text)
        if code == self.code:
            return Paper(code, self._draft.revision)
        prints = self._facts.copies_with(code)
        own = [copy.revision for copy in prints if copy.report == self._report]
        revision = own[0] if own else self._revision_with(code)
        if revision is not None:
            return Paper(code, revision, self.since(revision))
        return Paper(code, other=prints[0] if prints else None)

    def _revision_with(self, code: str) -> int | None:
        report = self._draft.report.copy()  # goes back step by step: 1 ms a revision
        for revision, items in self._store.revisions(self._report):
            both = report.items.keys() | items.keys()
            report.apply({i: items.get(i) for i in both if report.items.get(i) != items.get(i)})
            if fingerprint.code(report) == code:
                return revision
        return None

    def _of(self, items: dict[str, int | str]) -> Report:
        return Report(self._draft.report.form, self._draft.report.year, items)

    @property
    def _report(self) -> int:
        return self._draft.head.report


def stored(store: Store, report: int) -> Report:
    """Return a report of the store as it is now, to be compared with another.

    Raises:
        Missing: there is none with this id.
    """
    return restored(store.load(report))
