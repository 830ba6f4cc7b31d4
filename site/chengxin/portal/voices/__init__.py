"""What people tell: complaints, reports, suggestions, ratings, objections, evidence."""
