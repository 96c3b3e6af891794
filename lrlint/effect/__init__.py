"""What a finding costs: from a mistake to the intended and the actual learning rate.

``curves.py`` computes the rates of an :class:`~lrlint.finding.Effect` at any step, from the effect alone; ``story.py``
makes the effect out of a mistake and the trace, with the steps of ``steps.py`` and the words of ``words.py``.
"""

from __future__ import annotations

from lrlint.effect.curves import actual_at, as_json, band_at, intended_at

__all__ = ["actual_at", "as_json", "band_at", "intended_at"]
