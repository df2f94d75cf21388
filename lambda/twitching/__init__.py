"""Skin Twitch Guide. Layers, top to bottom; imports point downward only (import-linter proves it).

entry      the Lambda handler: the one door
init_phase what makes Lambda's start short; imported before the SDK
telemetry  a line of log and one of metrics for each turn; beside alexa, sees request and response only
alexa      envelope -> Turn, Reply -> response; the only module that knows the SDK
visits     what is remembered from one visit to the next, if wanted; loaded only then, and alone knows boto3
envelope   whatever arrives becomes an envelope that the SDK can read
speech     Reply -> words, in the locale's English
dialogue   Turn -> Reply: topics, the check, commands
catalogue  all content, compiled
triage     the check's core: pure, standard library only
"""
