"""The review pack: every sentence that the skill can say, for a clinician to read and sign."""
