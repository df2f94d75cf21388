"""All rules, and what breaks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tools.plain_language import rules_form as form
from tools.plain_language import rules_medical as medical
from tools.plain_language.data import Excuse, PlainLanguage
from tools.plain_language.spoken import Breach, Everything

Rule = Callable[[Everything], Iterator[Breach]]

RULES: dict[str, Rule] = {
    "M1": form.m1_grade,
    "M2": form.m2_smog,
    "M3": form.m3_sentences,
    "M4": form.m4_length,
    "M5": form.m5_lists,
    "M6": medical.m6_terms,
    "M7": form.m7_numbers,
    "M8": medical.m8_banned,
    "M9": form.m9_signs,
    "M10": form.m10_passive,
    "M12": medical.m12_emergency,
    "M13": medical.m13_safety_net,
    "M14": medical.m14_medicines,
    "M15": medical.m15_must_say,
    "M16": medical.m16_hedges,
    "M19": medical.m19_disclaimer,
    "M20": form.m20_metaphors,
    "M21": form.m21_locale,
    "R4": form.r4_one_question,
}


def breaches(said: Iterable[Everything], rules: PlainLanguage) -> list[Breach]:
    """Every breach of every rule in every locale, and every excuse that excuses nothing."""
    found = list(dict.fromkeys(b for everything in said for rule in RULES.values() for b in rule(everything)))
    left = [breach for breach in found if not any(_excuses(excuse, breach) for excuse in rules.excused)]
    left += [
        Breach(e.rule, "every locale", (e.id,), "a breach that needs the excuse", "none; take the excuse out")
        for e in rules.excused
        if not any(_excuses(e, breach) for breach in found)
    ]
    return left


def _excuses(excuse: Excuse, breach: Breach) -> bool:
    return breach.rule == excuse.rule and excuse.id in breach.ids
