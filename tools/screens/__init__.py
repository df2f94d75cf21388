"""Draws what the skill shows, by Amazon's own viewhost in Chromium, so that a person can look at it."""
