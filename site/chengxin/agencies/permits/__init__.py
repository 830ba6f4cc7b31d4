"""What happens to permits: the public list of grants, changes, renewals, suspensions and endings."""
