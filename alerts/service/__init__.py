"""Use cases, one module a subject; what workers, routes and the command line call."""
