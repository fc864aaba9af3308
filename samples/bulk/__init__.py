"""The same invented world at the size of the country: drawn in parts, written as it is drawn."""
