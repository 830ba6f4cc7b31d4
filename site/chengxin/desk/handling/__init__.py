"""What acts on one case and acts on many share: the table of acts, their fields, texts, officers and other cases."""
