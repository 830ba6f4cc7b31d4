"""Yearly campaigns (主题活动) of notice 46 三（二）: who takes part, and what came of it."""
