"""The stages of a run and the steps they are made of."""
