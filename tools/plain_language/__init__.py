"""Is everything that is spoken plain language? Every reply of every locale, as a person hears it.

python -m tools.plain_language   the figures, and each breach with its rule

The rules are those of the clinical base, section 6, and R4 of the voice rules; the words and limits
are in content/plain_language.yaml. What is held is what is heard: the conversations are led
through the dialogue itself, in every wording.

Not held here: M11 (main message first, action last) is for a person to judge. M17 (a source and a
review date for every statement) is held by tools/facts.py and tools/agreement.py, M18 (no review
older than a year) by tools/agreement.py, M22 (all rows of the article) by tools/article.py and
tests/test_every_statement.py.
"""
