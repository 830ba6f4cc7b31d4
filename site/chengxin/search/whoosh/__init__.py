"""The engine on Whoosh: segments in a folder, read as sorted arrays and columns."""
