"""The skill over HTTPS, for those who don't host on Lambda (docs/hosting.md)."""
