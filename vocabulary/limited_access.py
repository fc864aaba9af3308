"""What stands where a person would stand whom not everybody may see."""

ASK = "limited access: ask the owner"
