"""Citizens at the desk."""
