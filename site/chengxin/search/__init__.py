"""The lookup: planner, index and the queries over both."""
