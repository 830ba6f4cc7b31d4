"""Evidence (证据): files of a case, cleaned of what they tell in passing, sealed, and never served as they came."""
