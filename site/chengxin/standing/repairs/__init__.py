"""Credit repair (信用修复): an agency that put things right asks for the early end of its notice."""
