"""Where a case goes on Day 1: region, delivery unit, team and officer."""
