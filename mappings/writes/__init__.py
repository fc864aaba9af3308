"""What Day 1 writes: the rows and changes of a company's plan."""
