"""Voices (投诉、举报、意见箱): what people tell the authority."""
