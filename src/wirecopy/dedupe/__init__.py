"""Same text or not, same story or not."""
