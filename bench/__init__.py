"""How fast the built artefact starts and answers, under Amazon's own runtime client and emulator."""
