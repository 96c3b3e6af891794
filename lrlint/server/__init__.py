"""``lrlint server``: the language server, which shows an editor what the command would print.

``texts.py`` holds what is open in the editor, ``configure.py`` says what holds for it, ``convert.py`` says findings in the protocol's types, ``hover.py`` tells
about them, and ``app.py`` answers the editor. ``app.py`` and ``convert.py`` need pygls, which the extra ``server`` installs.
"""

from __future__ import annotations
