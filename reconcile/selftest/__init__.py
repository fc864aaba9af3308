"""The self-test: damages a copy of the target in every known way and looks whether each is found."""
