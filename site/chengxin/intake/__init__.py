"""What every door shares through which people send something: sent once, counted by day, told to the staff."""
