"""Decisions about permits entered at the workbench; a penalty takes effect by a second person."""
