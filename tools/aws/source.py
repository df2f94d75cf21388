"""template.yaml as it is written, before SAM has seen it: for checks that run without SAM."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import Node, ScalarNode


class _Long(SafeConstructor):
    """CloudFormation's short forms (!Ref x) as their long ones ({Ref: x}): as SAM writes them."""


def _function(constructor: SafeConstructor, suffix: str, node: Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, ScalarNode):
        return {name: node.value}
    return {name: constructor.construct_sequence(node, deep=True)}


_Long.add_multi_constructor("!", _function)


def read_template(path: Path) -> dict[str, Any]:
    """The template, with all functions in their long form."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Long
    template: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"))
    return template
