"""Retention (保存期限): what belongs to persons goes when its term is over, and the ledger says that it went."""
