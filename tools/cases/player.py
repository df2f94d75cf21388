"""A person with a case, talking with the skill through its Lambda handler; nothing is looked up inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from zlib import crc32

from simulator.device import Device, Heard
from tools.cases.shape import LEVELS, Case, Truth

MOST_TURNS = 60
FALLBACK = "AMAZON.FallbackIntent"
START = "start the check"

# Which signs a person hears named in each question as it is spoken: responses/en/check.yaml, read
# with a person's ears. It isn't taken from content/signs.yaml, so that it can disagree with that.
NAMED = {
    "sudden_signs": (
        "trouble_breathing trouble_speaking trouble_swallowing stroke_signs spreading_fast "
        "seizure fainting confusion low_sugar_confused chest_pain child_jerking "
        "locked_jaw lost_bladder_control"
    ),
    "recent_danger": "head_injury poisoning withdrawal fever_stiff",
    "urgent_signs": "dark_urine tetany losing_fluid pregnancy_danger",
    "child_movement": "child_moving_oddly",
    "change": "weakness stiffness pain numbness",
    "weakness": "weakness",
    "wider_picture": "more_places spreading pregnant diabetes kidney_disease thyroid_disease new_medicine",
}
IN_NO_QUESTION = "low_sugar self_harm wants_ambulance tongue_twitch eye_trouble"
DURATIONS = {"duration": "twitching", "weakness_duration": "weakness"}

YES = ("yes", "yeah", "yep", "yes i do", "i think so", "uh huh", "one of them", "i'm afraid so")
NO = ("no", "nope", "nah", "none of them", "no i don't", "nothing like that", "not at all", "none of those")
NOT_SURE = ("i'm not sure", "i don't know", "hard to say", "maybe")


@dataclass(frozen=True)
class Manner:
    """A way of talking that changes no fact.

    before:  said first, before the case's own words
    each:    said before each answer
    yes, no: the words to choose from
    """

    name: str
    before: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    yes: tuple[str, ...] = YES
    no: tuple[str, ...] = NO
    backwards: bool = False
    early: bool = False  # how long it has twitched is told first
    locale: str | None = None


PLAIN = Manner("as written")


@dataclass(frozen=True)
class Played:
    """How it went: the level that was spoken last, and each turn."""

    level: str
    turns: tuple[Heard, ...]

    @property
    def missed(self) -> list[str]:
        """What the skill didn't understand."""
        return [turn.said for turn in self.turns if turn.intent == FALLBACK]

    @property
    def questions(self) -> int:
        """How many different questions of the check were asked."""
        return len({question for turn in self.turns if (question := waiting(turn))})

    def __str__(self) -> str:
        return "\n".join(f"> {turn.said}\n{turn.speech}" for turn in self.turns)


def play_case(case: Case, manner: Manner = PLAIN) -> Played:
    """The case's own words, then true answers until there is a result."""
    device = Device(manner.locale or case.locale)
    turns: list[Heard] = []

    def say(text: str) -> bool:
        turns.append(device.say(text))
        return turns[-1].level != "emergency" and len(turns) < MOST_TURNS

    for text in (*manner.before, *_in_order(case, manner)):
        if not all(say(words) for words in _in_manner(text, turns[-1] if turns else None, manner)):
            return _played(turns)
    if case.facts:
        answers = _Answers(case.facts, manner, crc32(" ".join([*case.says, case.who]).encode()))
        while device.open and turns[-1].level is None:
            if not all(say(words) for words in answers.to(turns[-1])):
                break
    return _played(turns)


def _in_order(case: Case, manner: Manner) -> list[str]:
    """The case's own words; backwards, what is told changes places, and what is answered stays."""
    says = list(case.says)
    if manner.backwards:
        told = [n for n, text in enumerate(says) if is_telling(text)]
        for here, there in zip(told, reversed(told), strict=True):
            says[here] = case.says[there]
    return [case.facts.twitching, *says] if manner.early and case.facts else says


def is_telling(text: str) -> bool:
    """Is it told, rather than answered, or said to change whom it is about?"""
    return text not in (*YES, *NO, START) and len(text.split()) > 2 and " for " not in f" {text} "


def _played(turns: list[Heard]) -> Played:
    return Played(_level(turns), tuple(turns))


def _level(turns: list[Heard]) -> str:
    """The last level that was spoken."""
    spoken = [turn.level for turn in turns if turn.level is not None]
    assert set(spoken) <= set(LEVELS)
    return spoken[-1] if spoken else "none"


def waiting(turn: Heard) -> str | None:
    """The question of the check that a reply ended with."""
    attributes = turn.response.get("sessionAttributes") or {}
    kind, _, question = str(attributes.get("asked", "")).partition(".")
    return question if kind in ("ask", "again") else None


def _in_manner(text: str, before: Heard | None, manner: Manner) -> Iterator[str]:
    """The case's own words; a bare yes or no to a question of the check in the manner's words."""
    question = waiting(before) if before else None
    if question in NAMED and text in (*YES, *NO):
        yield from manner.each
        words, plain = (manner.yes, YES) if text in YES else (manner.no, NO)
        yield text if words == plain else words[0]
    else:
        yield text


class _Answers:
    """True answers, in words that vary from question to question and are the same in each run."""

    def __init__(self, truth: Truth, manner: Manner, seed: int) -> None:
        self.truth, self.manner, self.seed, self.said = truth, manner, seed, 0

    def to(self, turn: Heard) -> Iterator[str]:
        """What is said to this reply."""
        question = waiting(turn)
        if question is None:
            offered = (turn.response.get("sessionAttributes") or {}).get("asked") == "offer_check"
            yield "yes" if offered else START
            return
        yield from self.manner.each
        if question in self.truth.unsure:
            yield self._one(NOT_SURE)
        elif question in DURATIONS:
            yield getattr(self.truth, DURATIONS[question]) or "hard to say"
        elif is_yes(question, self.truth):
            yield self._one(self.manner.yes)
        else:
            yield self._one(self.manner.no)

    def _one(self, words: tuple[str, ...]) -> str:
        self.said += 1
        return words[(self.seed + 5 * self.said) % len(words)]


def is_yes(question: str, truth: Truth) -> bool:
    """Would the person say yes, as they hear the question?"""
    return bool(set(NAMED[question].split()) & set(truth.signs))


# --- variants: the same person, told another way ------------------------------------------------

Fits = Callable[[Case], bool]


def manners() -> list[tuple[Manner, Fits]]:
    """Ways of talking that must never lower the level, and the cases that they fit."""
    always: Fits = lambda _: True  # noqa: E731
    own: Fits = lambda case: case.told_by is None  # noqa: E731
    unanswered: Fits = lambda case: bool(case.facts) and not set(NO) & set(case.says)  # noqa: E731
    minimised = Manner("a relative says it's nothing", before=("my husband says it's nothing",))
    return [
        (minimised, always),
        (
            replace(minimised, name="a relative says it at every question", each=("he says it's nothing",)),
            always,
        ),
        (Manner("told by a daughter", before=("it's for my mother",)), own),
        (Manner("told by a friend", before=("i'm asking for a friend",)), own),
        (Manner("age and sex first", before=("i'm a seventy year old woman",)), always),
        (Manner("politely", yes=("yes please",), no=("no thank you", "no thanks")), always),
        (Manner("a hesitant yes", yes=("i think so", "kind of", "a bit", "probably")), always),
        (Manner("asks why each time", each=("why do you ask",)), always),
        (Manner("wants each question again", each=("say that again",)), always),
        (
            Manner("not sure at first", each=("not sure",)),
            lambda case: bool(case.facts and not case.facts.unsure),
        ),
        (Manner("in short", before=("keep it short",)), always),
        (Manner("how long is told first", early=True), unanswered),
        (Manner("the other way round", backwards=True), lambda case: sum(map(is_telling, case.says)) > 1),
        *((Manner(f"in {locale}", locale=locale), always) for locale in ("en-GB", "en-IN")),
    ]
