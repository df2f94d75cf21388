"""The locales that Alexa has, and what only some of them may have. Amazon's own classes don't list them."""

# "Develop skills in multiple languages" and the skill manifest's schema, as read in 2026.
LOCALES = (
    *("ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX"),
    *("es-US", "fr-CA", "fr-FR", "hi-IN", "it-IT", "ja-JP", "nl-NL", "pt-BR"),
)


def has_fallback_sensitivity(locale: str) -> bool:
    """If the model may set `fallbackIntentSensitivity`; elsewhere Alexa refuses the whole model."""
    return locale.startswith("en-") or locale == "de-DE"
