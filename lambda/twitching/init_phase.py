"""Makes Lambda's init phase short. Imported before everything else; ADR 11 has what it brings.

- The SDK's clients of Amazon's other services (lists, reminders, purchases, time zones) are half of
  what it imports. The SDK makes one only for a skill that was built with an `api_client`, and this one
  isn't, so a stand-in takes the place of their factory. Where the SDK was imported before, or has put
  the factory elsewhere, nothing changes but the time.
- What is imported stays for good, so nothing of it needs looking through for garbage.
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType

_FACTORY = "ask_sdk_model.services.service_client_factory"

gc.disable()


def _stand_in() -> ModuleType:
    module = ModuleType(_FACTORY, "No service of Amazon's is called: see twitching.init_phase.")
    module.__dict__["ServiceClientFactory"] = None
    return module


sys.modules.setdefault(_FACTORY, _stand_in())


def over() -> None:
    """Everything is imported: from here on garbage is collected, but not looked for in what is there."""
    gc.freeze()
    gc.enable()
