"""What an outline made from the stdlib tree is not."""


class Unlike(Exception):
    """What an outline cannot tell from the stdlib tree."""
