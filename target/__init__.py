"""The target's shape as data, and everything that touches its database."""
