"""`python -m bosai` is `bosai`."""

from bosai.cli import main

main()
