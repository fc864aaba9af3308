"""Reads each company's delivery into text frames with the shared source words. One folder per export."""
