"""What reconcile tells: each figure gathered from what the stages left."""
