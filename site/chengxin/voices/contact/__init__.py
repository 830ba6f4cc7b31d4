"""How whoever writes can be reached, if they want to be: the same for every voice."""
