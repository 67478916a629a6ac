"""The pages that links in letters lead to: to stop letters or mute a topic without signing in."""
