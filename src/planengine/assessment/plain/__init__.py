"""From an assessment, whose parts are worked out as they are read, to plain data."""
