"""The pages of calls: what is asked, a society's answer, the roll."""
