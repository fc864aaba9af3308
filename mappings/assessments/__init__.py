"""Assessments made outside OASys: what nDelius and OASys are given of them."""
