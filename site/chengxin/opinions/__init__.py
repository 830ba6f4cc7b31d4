"""Opinions (电子测评、网上投票): ratings of agencies."""
