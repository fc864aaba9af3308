"""What a practitioner carries from Day 1 on."""
