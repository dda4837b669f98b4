"""The company side: companies, their contacts with the clock of 24 hours, agreements, and job orders with candidates.

Everything is read from and told to outcomes; who suits an order is found by assessment, which logs each read.
"""
