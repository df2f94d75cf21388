"""The AWS side: checks the template, builds the artefact, runs it as Lambda would.

Needs no account and no Docker.
"""
