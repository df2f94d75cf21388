"""Cases with a known right answer, played through the skill, and what share it gets right."""
