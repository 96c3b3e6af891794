"""``lrlint server``: the language server, which shows an editor what the command would print.

``texts.py`` counts as the protocol does, ``documents.py`` holds what is open, ``configure.py`` says which settings hold,
``convert.py`` says findings in the protocol's types, and ``hover.py`` tells about them; ``editor.py`` is the other side of
the conversation, which ``app.py`` leads. The last two and ``convert.py`` need pygls, which the extra ``server`` installs.
"""

from __future__ import annotations
