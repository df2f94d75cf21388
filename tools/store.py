"""The shape of interaction_model/skill.yaml and <language>/store.yaml, and the manifest made of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, TemplateError
from pydantic import BaseModel, ConfigDict
from twitching.speech import environment, plain

from tools.facts import Locale
from tools.render import local_words
from tools.sources_on_disk import ContentError, read_as
from tools.utterances import INTERACTION_MODEL
from tools.words import LanguageWords

# Named by file:// in the manifest, they are uploaded with the package (alexa/ask-cli, pull request 487).
SMALL_ICON, LARGE_ICON = "assets/images/smallIcon.png", "assets/images/largeIcon.png"

APL_INTERFACE = "ALEXA_PRESENTATION_APL"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Strict):
    """What only the publisher knows."""

    pages: str
    endpoint: str | None


class ScreenSize(_Strict):
    """A screen that the pages are made for, in APL's own pixels."""

    mode: str
    shape: str
    width: int
    height: int


class Skill(_Strict):
    """skill.yaml."""

    invocation_name: str
    category: str
    distribution_mode: str
    screens: list[ScreenSize]
    publisher: Publisher
    privacy_and_compliance: dict[str, bool]
    testing_instructions: list[str]


class Store(_Strict):
    """store.yaml: a description is paragraphs and lists of lines."""

    name: str
    summary: str
    description: list[str | list[str]]
    example_phrases: list[str]
    keywords: list[str]


def read_skill(folder: Path = INTERACTION_MODEL) -> Skill:
    """Read skill.yaml. Raises ContentError."""
    return read_as(folder / "skill.yaml", Skill)


def read_store(language: str, folder: Path = INTERACTION_MODEL) -> Store:
    """Read one language's store.yaml. Raises ContentError."""
    return read_as(folder / language / "store.yaml", Store)


def manifest(
    skill: Skill,
    stores: Mapping[str, Store],
    places: Mapping[str, Locale],
    words: Mapping[str, LanguageWords],
) -> dict[str, Any]:
    """skill.json for these locales; `stores` and `words` go by language. Raises ContentError."""
    pages = skill.publisher.pages.rstrip("/")
    endpoint = {"endpoint": {"uri": skill.publisher.endpoint}} if skill.publisher.endpoint else {}
    custom = {**endpoint, "interfaces": [_apl(skill.screens)]}
    instructions = _Page("interaction_model/skill.yaml", {"invocation_name": skill.invocation_name})
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "category": skill.category,
                "distributionMode": skill.distribution_mode,
                "isAvailableWorldwide": False,
                "distributionCountries": sorted({locale.split("-")[1] for locale in places}),
                "testingInstructions": instructions.text(
                    "testing_instructions", "\n\n".join(skill.testing_instructions)
                ),
                "locales": {
                    locale: _listing(stores[place.language], _page_of(locale, place, words, skill))
                    for locale, place in places.items()
                },
            },
            "privacyAndCompliance": {
                **skill.privacy_and_compliance,
                "locales": {
                    locale: {
                        "privacyPolicyUrl": f"{pages}/privacy.html",
                        "termsOfUseUrl": f"{pages}/terms.html",
                    }
                    for locale in places
                },
            },
            "apis": {"custom": custom},
        }
    }


def _apl(screens: list[ScreenSize]) -> dict[str, Any]:
    """That the skill shows pages; without this, no device says that it could."""
    sizes = [
        {
            **screen.model_dump(include={"mode", "shape"}),
            "minWidth": screen.width,
            "maxWidth": screen.width,
            "minHeight": screen.height,
            "maxHeight": screen.height,
        }
        for screen in screens
    ]
    return {"type": APL_INTERFACE, "supportedViewports": sizes}


class _Page:
    """Fills in the words of one locale, for somebody who reads."""

    def __init__(self, file: str, words: Mapping[str, Any]) -> None:
        self.file, self.words, self.env = file, words, environment(DictLoader({}))

    def text(self, key: str, source: str) -> str:
        """The text with its lines, without the marks that only a voice needs."""
        try:
            filled = self.env.from_string(source).render(self.words)
        except TemplateError as error:
            raise ContentError([f"{self.file}: {key}: {error.message}"]) from None
        return "\n".join(plain(line) for line in filled.splitlines())


def _page_of(locale: str, place: Locale, words: Mapping[str, LanguageWords], skill: Skill) -> _Page:
    local, _ = local_words(locale, place, words[place.language])  # their faults stop `make content`
    file = f"interaction_model/{place.language}/store.yaml (in {locale})"
    return _Page(file, {**local, "invocation_name": skill.invocation_name})


def _listing(store: Store, page: _Page) -> dict[str, Any]:
    """What the store shows in one locale."""
    blocks = [
        block if isinstance(block, str) else "\n".join(f"- {line}" for line in block)
        for block in store.description
    ]
    return {
        "name": page.text("name", store.name),
        "summary": page.text("summary", store.summary),
        "description": page.text("description", "\n\n".join(blocks)),
        "examplePhrases": [page.text("example_phrases", phrase) for phrase in store.example_phrases],
        "keywords": [page.text("keywords", keyword) for keyword in store.keywords],
        "smallIconUri": f"file://{SMALL_ICON}",
        "largeIconUri": f"file://{LARGE_ICON}",
    }
