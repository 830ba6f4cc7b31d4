"""Cleaning: a file is taken apart and written anew, so that it holds what can be seen or heard and no more.

All of it runs in a process of its own (`workshop.py`) with little memory, little time and no way to write a file.
"""
