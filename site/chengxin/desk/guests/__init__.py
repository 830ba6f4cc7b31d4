"""What an agency's own account sees: its file, its objections and requests."""
