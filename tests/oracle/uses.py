"""What the generated programs do with a schedule beside training: print it, compute with it, compare it."""

from __future__ import annotations

from dataclasses import dataclass

from oracle.dice import Dice
from oracle.spelling import Names


@dataclass(frozen=True)
class Use:
    """Something done with the schedule beside training. ``slip``: text, raises, compared or none; ``expects`` is output."""

    name: str
    lines: tuple[str, ...]
    slip: str = ""
    expects: str | None = None
    modules: tuple[str, ...] = ()


def use(dice: Dice, n: Names) -> Use:
    """What is done with the schedule: printed, formatted, computed with, or nothing."""
    right = [
        "print(<lr>())",
        "print('rate', float(<lr>()))",
        "print('%.4f' % <lr>())",
        "print('{:.4f}'.format(<lr>()))",
        "print(f'{<lr>():.5f}')",
        "print('rate: ' + str(float(<lr>())))",
        "history.append(float(<lr>()))",
        "print(<lr>().numpy())",
        "assert callable(<lr>)",
        "print(<lr>() if callable(<lr>) else <lr>)",
        "print(float(<lr>()) * 2)",
        "print(<lr> is None)",
        "logging.warning('rate %f', <lr>())",
        f"print({n('maximum')}(<lr>(), 0.0))",
        "print(float(<lr>()) < 0.01)",
        "print(max(float(<lr>()), 0.01))",
        "print(np.array([float(<lr>())]))",
        "print(isinstance(<lr>, float))",
        "seen = <lr>() if callable(<lr>) else <lr>\nprint('%g' % seen)",
        "print(type(<lr>).__name__)",
        "if <lr> is not None:\n    print('scheduled')",
        "print(<lr>.func.__class__.__name__)",
        "print(len(<lr>.args))",
        "kept = [<lr>]\nprint(len(kept))",
        f"{n('print')}(<lr>())",
        "def report(value):\n    print('rate', value() if callable(value) else value)\nreport(<lr>)",
        "value = <lr>\nif callable(value):\n    value = value()\nprint('%.4f' % value)",
        "now = float(<lr>())\nprint('%f' % now)",
        "try:\n    print(float(<lr>))\nexcept TypeError:\n    print(float(<lr>()))",
        "fetch = <lr>\nprint(float(fetch()))",
        "rates = [fetch() for fetch in [<lr>]]\nprint(rates)",
        "print('%s' % <lr>())",
        "print(json.dumps({'rate': float(<lr>())}))",
        "if callable(<lr>):\n    print(float(<lr>()))\nelse:\n    print(<lr>)",
    ]
    text = [
        "print(<lr>)",
        "print('rate', <lr>)",
        "print('%s' % <lr>)",
        "print('rate %s' % (<lr>,))",
        "print('{}'.format(<lr>))",
        "print(f'{<lr>}')",
        "print('rate: ' + str(<lr>))",
        "print(repr(<lr>))",
        "logging.warning('rate %s', <lr>)",
        "print(f'rate {<lr>!r}')",
        "print('step %d rate %s' % (1, <lr>))",
        "print('{rate}'.format(rate=<lr>))",
        "print(str(<lr>))",
        "logging.warning('rate %f', <lr>)",
        "sys.stdout.write('rate %s\\n' % <lr>)",
        f"{n('print')}(<lr>, output_stream=sys.stdout)",
        "message = 'rate {}'.format(<lr>)\nprint(message)",
        "print('a', 1, <lr>, sep=', ')",
        "print(format(<lr>))",
        "print(*[1, <lr>])",
        "print([<lr>])",
        "print({'rate': <lr>})",
        "print('rate %(rate)s' % {'rate': <lr>})",
        "print('{0}'.format(<lr>))",
        "logging.getLogger('train').warning('rate %s', <lr>)",
        "print(', '.join(['rate', str(<lr>)]))",
        "print(json.dumps({'rate': str(<lr>)}))",
        "print('rate', <lr>, file=sys.stderr)",
        "lines = ['rate {}'.format(<lr>)]\nprint('\\n'.join(lines))",
        f"{n.old('logging')}.warning('rate %s', <lr>)",
        "message = f'rate {<lr>}'\nprint(message)",
        "def report(value):\n    print('rate', value)\nreport(<lr>)",
        "def shown(value):\n    return 'rate %s' % value\nprint(shown(<lr>))",
        "for value in (<lr>, 0.5):\n    print(value)",
    ]
    texts_raising = [
        "print('%f' % <lr>)",
        "print('%.4f' % <lr>)",
        "print('{:.4f}'.format(<lr>))",
        "print(f'{<lr>:.4f}')",
        "print('%g' % (<lr>,))",
        "print(format(<lr>, '.4f'))",
        "print('rate: ' + <lr>)",
        "print('%s %e' % (1, <lr>))",
    ]
    raising = [
        "print(<lr> * 0.5)",
        "print(1.0 - <lr>)",
        "print(float(<lr>))",
        "print(<lr>.numpy())",
        "print(<lr> < 0.01)",
        "print(round(<lr>, 3))",
        "print(max(<lr>, 0.01))",
        "print(np.float32(<lr>))",
        f"print({n('maximum')}(<lr>, 0.01))",
        "print(abs(<lr>))",
        "print(-<lr>)",
        "print(math.sqrt(<lr>))",
        "print(<lr> ** 2)",
        "half = <lr> / 2\nprint(half)",
        "print(<lr>.dtype)",
        f"print({n('cast')}(<lr>, {n('float32')}))",
        "if <lr> > 1e-6:\n    print('on')",
        "print(np.mean([<lr>, <lr>]))",
        "print(<lr> + <lr>)",
        "print(json.dumps({'rate': <lr>}))",
        f"print({n('multiply')}(<lr>, 2.0))",
        "print(min([<lr>, 0.5]))",
        "assert <lr> > 0",
        "now = <lr>\nprint(now * 100)",
        "def percent(value):\n    return value * 100\nprint(percent(<lr>))",
        "print(sum([<lr>]))",
        "print(int(<lr> * 1000))",
        f"print({n('convert_to_tensor')}(<lr>))",
        f"print({n('sqrt')}(<lr>))",
        "print(np.log10(<lr>))",
        "history.append(float(<lr>))",
        "print('low' if <lr> < 0.01 else 'high')",
        "print(math.log10(<lr>))",
    ]
    compared = [
        ("print('check', bool(<lr> == <lr>()))", "check True"),
        ("print('check', np.array([<lr>]).dtype != object)", "check True"),
        ("print('check', np.asarray(<lr>).dtype != object)", "check True"),
        ("print('check', bool(<lr> != <lr>()))", "check False"),
        ("print('check', <lr> in [float(<lr>())])", "check True"),
    ]
    drawn = dice.weighted(
        [(45, "none"), (28, "right"), (9, "text"), (4, "texts raising"), (6, "raises"), (2, "compared")]
    )
    if drawn == "none":
        return Use("none", ())
    if drawn == "compared":
        line, expects = dice.pick(compared)
        return Use(line, tuple(line.split("\n")), "compared", expects, ("numpy as np",))
    line = dice.pick({"right": right, "text": text, "texts raising": texts_raising, "raises": raising}[drawn])
    slip = {"right": "", "text": "text", "texts raising": "text", "raises": "raises"}[drawn]
    return Use(line, tuple(line.split("\n")), slip)
