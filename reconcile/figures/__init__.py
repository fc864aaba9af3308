"""What is counted and added up, on both sides."""
