"""What the app shows and nobody is pushed: forecasts, outlooks, typhoons, commentaries (contract.md, `display`)."""
