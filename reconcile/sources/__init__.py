"""What the proofs read: deliveries and baseline, as text."""
