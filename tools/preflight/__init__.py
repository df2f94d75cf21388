"""What Amazon's testers will look at, before they do: `twitching preflight`.

A row is one thing that Amazon asks (policy, security, function, voice) or advises (the voice rules), in our
words, with its source, and what is held against it in each locale. What no program can judge is left to a
person, and the row says what there is to do. A green table isn't a certificate: only Amazon gives one.
"""
