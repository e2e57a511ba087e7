"""The three functions that anyone may call on a text, a page or a wire file."""
