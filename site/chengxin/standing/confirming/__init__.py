"""The life that marks, links and permit decisions share: one person proposes, a second confirms."""
