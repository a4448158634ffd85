"""Figures for `make bench`. Only ratios travel between machines, so each floor is measured in the same run."""
