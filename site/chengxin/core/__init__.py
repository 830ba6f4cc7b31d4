"""What every feature stands on: database, clock, folding, sealing, forms, languages, limits, errors."""
