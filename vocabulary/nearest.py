"""What somebody may have meant who named what is not there."""

from collections.abc import Iterable
from difflib import get_close_matches


def meant(word: str, known: Iterable[str]) -> str:
    """`Did you mean A, B? ` with a blank behind it, the nearest first; blank where none is near."""
    names = {name.casefold(): name for name in known}
    like = get_close_matches(word.casefold(), names, n=3, cutoff=0.6)
    return f"Did you mean {', '.join(names[one] for one in like)}? " if like else ""
