"""The lookup: questions, filters, neighbours, names while typing."""
