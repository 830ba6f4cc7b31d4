"""Standard texts (标准用语): what the staff put into letters, kept as records that can be changed."""
