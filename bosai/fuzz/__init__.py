"""Damaged and changed telegrams against the readers: no crash, no hang, no push that no text justifies.

`mutant.py` makes them from a seed, `stated.py` says independently of the readers what a text states for a city,
`oracle.py` holds the two against each other, `run.py` does it many times.
"""
