"""Where the rows come from. Amazon's pages change; read them again before you submit."""

DOCS = "https://developer.amazon.com/en-US/docs/alexa"
DESIGN = "https://developer.amazon.com/en-US/alexa/alexa-haus"
OLD_DESIGN = "https://developer.amazon.com/docs/alexa-design"

SOURCES = {
    "adaptable": f"{OLD_DESIGN}/adaptable.html",
    "available": f"{OLD_DESIGN}/available.html",
    "be natural": f"{DESIGN}/design-principles/be-natural",
    "be trustworthy": f"{DESIGN}/design-principles/be-trustworthy",
    "built-in intents": f"{DOCS}/custom-skills/standard-built-in-intents.html",
    "certification failures": f"{DESIGN}/design-certification-failures.html",
    "checklists": f"{OLD_DESIGN}/checklists.html",
    "common failures": f"{DOCS}/custom-skills/troubleshooting-common-certification-failures.html",
    "entity resolution": f"{DOCS}/custom-skills/entity-resolution.html",
    "errors": f"{DESIGN}/patterns-and-components/patterns-errors",
    "extra properties": "https://github.com/alexa/alexa-skills-kit-sdk-for-nodejs/issues/202",
    "functional": f"{DOCS}/custom-skills/functional-testing-for-a-custom-skill.html",
    "invocation name": f"{DOCS}/custom-skills/choose-the-invocation-name-for-a-custom-skill.html",
    "lists": f"{DESIGN}/patterns-and-components/patterns-lists",
    "manifest": f"{DOCS}/smapi/skill-manifest.html",
    "names": "https://developer.amazon.com/en-US/blogs/alexa/alexa-skills-kit/2020/08/"
    "Policy-Certification-Tips-on-Amazon-IP-and-ISP",
    "pitfalls": "https://developer.amazon.com/en-US/blogs/alexa/alexa-skills-kit/2021/09/"
    "common-certification-pitfalls.html",
    "policy": f"{DOCS}/custom-skills/policy-requirements-for-an-alexa-skill.html",
    "privacy pages": "https://developer.amazon.com/en-US/blogs/alexa/alexa-skills-kit/2023/02/"
    "certification-requirements-privacy-urls-feb-2023",
    "prompts": f"{DOCS}/interaction-model-design/design-the-prompts-for-your-skill.html",
    "relatable": f"{OLD_DESIGN}/relatable.html",
    "response": f"{DOCS}/custom-skills/request-and-response-json-reference.html",
    "security": f"{DOCS}/custom-skills/security-testing-for-an-alexa-skill.html",
    "text": f"{DOCS}/custom-skills/best-practice-text-response.html",
    "voice": f"{DOCS}/custom-skills/voice-interface-and-user-experience-testing-for-a-custom-skill.html",
    "web service": f"{DOCS}/custom-skills/host-a-custom-skill-as-a-web-service.html",
    "what Alexa says": "https://developer.amazon.com/designing-for-voice/what-alexa-says/",
}
