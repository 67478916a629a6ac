"""The proof that every component draws what it promises."""
