"""Our own parts, as they run in production, with nothing around them but a clock. Each function is one variant."""
