"""The case system after match: components, orders, managers and persons, whoever the row came from."""
