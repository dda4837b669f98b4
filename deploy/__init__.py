"""How Løft starts: the embedded machines, the command line, the container image, its neighbours' configuration."""
