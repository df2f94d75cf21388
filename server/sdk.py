"""Amazon's adapter from Flask to a skill, and our skill in the form that it takes.

Amazon's own verifier stands on `certvalidator`, last released in 2016, and that on `oscrypto`, which
can't read the version number of OpenSSL 3.0.10 and later: importing the adapter fails there. So while the
adapter is imported, an empty stand-in lies where `certvalidator` would be. Amazon's verifier is switched
off for good (`server.app`) and ours stands in its place; the stand-in can't verify anything, so a slip
refuses every request.
"""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import Any

from ask_sdk_core.skill import CustomSkill
from twitching import entry

from server.certificates import RefusedError


def _stand_in() -> dict[str, ModuleType]:
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    vars(package)["CertificateValidator"] = None
    vars(errors).update(ValidationError=ValueError, PathError=ValueError)
    return {"certvalidator": package, "certvalidator.errors": errors}


_before = {name: sys.modules.get(name) for name in _stand_in()}
sys.modules.update(_stand_in())
from flask_ask_sdk.skill_adapter import (  # noqa: E402
    VERIFY_SIGNATURE_APP_CONFIG,
    VERIFY_TIMESTAMP_APP_CONFIG,
    SkillAdapter,
)

for _name, _module in _before.items():  # nobody else shall meet the stand-in
    del sys.modules[_name]
    if _module is not None:
        sys.modules[_name] = _module

# Amazon's two verifiers, in whose place `server.signature` stands.
AMAZONS_VERIFIERS = (VERIFY_SIGNATURE_APP_CONFIG, VERIFY_TIMESTAMP_APP_CONFIG)

__all__ = ["AMAZONS_VERIFIERS", "Skill", "SkillAdapter"]


class _Json:
    """Plain JSON: the SDK's serializer raises on any value that it doesn't know, before a handler runs."""

    def deserialize(self, payload: str, obj_type: object) -> dict[str, Any]:  # noqa: ARG002  the SDK's form
        """The request as it was sent. Raises RefusedError where it is no JSON object."""
        try:
            event = json.loads(payload)
        except (ValueError, RecursionError) as error:
            raise RefusedError("no_json_object") from error
        if not isinstance(event, dict):
            raise RefusedError("no_json_object")
        return event

    def serialize(self, response: dict[str, Any]) -> dict[str, Any]:
        """The answer is JSON already."""
        return response


class Skill(CustomSkill):
    """What the adapter calls when a request has been verified: the same handler as on Lambda."""

    def __init__(self) -> None:  # not Amazon's, which builds a dispatcher; ours is behind the handler
        self.serializer = _Json()  # type: ignore[assignment]  # the two methods that are called
        self.custom_user_agent = ""

    def invoke(self, request_envelope: Any, context: object) -> Any:  # noqa: ANN401  the SDK's own are classes
        """The handler's answer."""
        return entry.handler(request_envelope, context)
