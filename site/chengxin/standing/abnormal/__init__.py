"""Marks of abnormal operation (经营异常): set and removed by two persons each."""
