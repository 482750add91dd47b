"""The public JSON: every key here is a promise to the phone app, pinned by contract tests."""
