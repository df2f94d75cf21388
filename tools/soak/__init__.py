"""Real requests, broken in every way: nothing may come out that Alexa would refuse, and no exception."""
