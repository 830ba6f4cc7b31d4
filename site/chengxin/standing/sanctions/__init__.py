"""Sanctions (失信曝光、黄牌警告、许可证处置、失信名单): notices with their legal life."""
