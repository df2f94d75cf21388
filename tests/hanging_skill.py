"""The skill over HTTPS with a turn that never ends, for gunicorn."""

import time

from twitching import deadline, entry

from bench import signed_skill


def create_app():
    deadline.LONGEST = 0.2
    entry._answer = lambda *_: time.sleep(60)
    return signed_skill.create_app()
