"""Measurements on this machine, beside the ordinary way in the same run (contract.md, `bosai bench`; design.md §6).

Everything is on 127.0.0.1, in processes of its own, and ends by itself after a number of messages or seconds.
"""
