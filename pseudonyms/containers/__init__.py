"""One module for each container: from a file as delivered to its copy, byte for byte but for the values."""
