"""Build time only: what people write becomes what ships. Nothing here reaches Lambda."""
