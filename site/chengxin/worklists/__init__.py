"""How the staff keep their lists: views they saved, and acts on many records with what became of each."""
