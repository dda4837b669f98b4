"""Who has read a citizen's data: the data protection officer's pages, to look into it and to answer the citizen."""
