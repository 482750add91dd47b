"""The HTTP side: residents' API and the crisis office's pages."""
