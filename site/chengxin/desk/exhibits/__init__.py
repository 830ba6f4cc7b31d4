"""Evidence at the desk: looked at, downloaded, blacked out."""
