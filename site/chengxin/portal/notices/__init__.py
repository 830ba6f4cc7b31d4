"""Notices before the public: lists, pages, older wordings, what stays after the end."""
