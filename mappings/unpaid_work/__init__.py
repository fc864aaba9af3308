"""How far every unpaid work order is: its minutes, its dates, and what Day 1 finds late."""
