"""A pretend Echo: everything enters the skill by its Lambda handler, as on a real one."""
