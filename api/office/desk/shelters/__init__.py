"""The places of refuge at the desk: what is open, how full it is, and the links by which their staff report."""
