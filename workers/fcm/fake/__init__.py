"""A stand-in for FCM on this machine, in a process of its own: real protocol, real error bodies, faults on request."""
