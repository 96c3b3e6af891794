"""The outline of a program: what its code means, without how it is written.

Its nodes have the names and the fields of LibCST's, but for those that hold white space, punctuation, parentheses and
comments; so what is known of LibCST holds here. They are cheap to make and to keep, and to import.
"""

from lrlint.outline.expressions import *  # noqa: F403
from lrlint.outline.kinds import *  # noqa: F403
from lrlint.outline.operators import *  # noqa: F403
from lrlint.outline.patterns import *  # noqa: F403
from lrlint.outline.statements import *  # noqa: F403
