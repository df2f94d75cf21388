"""The skill over HTTPS as measurements and tests run it: it trusts the authority in a folder, not Amazon.

Never serve this to the world: whoever has that folder's key is taken for Alexa.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates
from flask import Flask

from server import app

FOLDER, ROOT, CHAIN = "SIGNED_BY", "root.pem", "chain.pem"


def create_app() -> Flask:
    """The same application with another root and without the download."""
    folder = Path(os.environ[FOLDER])
    roots = load_pem_x509_certificates((folder / ROOT).read_bytes())
    return app.create_app(roots=roots, fetch=lambda _: (folder / CHAIN).read_bytes())
