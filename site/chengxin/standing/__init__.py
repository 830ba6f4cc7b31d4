"""The standing of agencies: sanctions, exemplary lists, and the one verdict they add up to."""
