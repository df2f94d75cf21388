"""Print the figures of each locale, then every breach: python -m tools.plain_language."""

from __future__ import annotations

import sys

from tools.plain_language.data import read_plain_language
from tools.plain_language.heard import read_everything
from tools.plain_language.measures import graded, sentences_of, smog, with_numbers, words_in
from tools.plain_language.rules import breaches
from tools.plain_language.rules_form import passives, pools
from tools.plain_language.spoken import OF_THE_CHECK, Everything

GRADED = {
    "grade of topics and talk": ("topic", "offer", "talk", "source"),
    "grade of the check": OF_THE_CHECK,
    "grade of reasons and the summary": ("reason", "summary"),
}


def figures(said: Everything) -> dict[str, str]:
    """The most of everything that a locale reaches, and where."""
    rules = said.rules
    found = {}
    for name, kinds in GRADED.items():
        hardest = max(said.of_kind(*kinds), key=lambda text: graded(text, rules))
        found[name] = f"{graded(hardest, rules)} ({' + '.join(hardest.ids)})"
    found["SMOG"] = ", ".join(f"{kind} {smog(' '.join(pool))}" for kind, pool in pools(said).items())
    sentences = [(s, part.id) for _, part in said.parts for s in sentences_of(with_numbers(part.text, rules))]
    sentence, id_ = max(sentences, key=lambda each: words_in(each[0]))
    found["longest sentence"] = f"{words_in(sentence)} words ({id_})"
    longest = max(said.turns, key=lambda turn: words_in(turn.text))
    found["longest reply"] = f"{words_in(longest.text)} words ({' + '.join(longest.ids)})"
    everything, passive = passives(said)
    found["passive"] = f"{len(passive)} of {len(everything)} sentences"
    return found


def main() -> int:
    """Print it; 1 where something is wrong."""
    rules = read_plain_language()
    locales = read_everything(rules)
    for said in locales:
        print(f"{said.locale}: {len(said.texts)} texts, {len(said.turns)} replies")
        for name, figure in figures(said).items():
            print(f"  {name}: {figure}")
    found = breaches(locales, rules)
    print(*found, f"{len(found)} breaches" if found else "No breach.", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
