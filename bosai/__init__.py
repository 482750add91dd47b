"""Where it is put together: settings, wiring, supervisor, command line."""
