"""Turn -> Reply, for any platform. `routes.respond` is the way in."""
