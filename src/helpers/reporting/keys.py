"""The lists behind the numbers of a report: each has a key, under which the evidence pages show it.

Notebooks write what is behind a number into it (`cells.Ref`). Here those lists are collected from all pages,
given keys ("k1", "k2" …) in the order in which a reader meets them, and the numbers become links to them.
"""

import hashlib
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

MOST = 200  # sentences that are listed behind a number; of more, a draw
_HANDLE = 34  # characters: longer texts are not made links themselves
_ABOUT = 110  # characters of a statement that head its list
_PART = re.compile(r'<span((?: [\w-]+="[^"]*")*)>([^<]*)</span>|<caption>([^<]*)</caption>|</table>')
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')


@dataclass(frozen=True)
class Key:
    """What stands behind a number.

    `name` is its key, `about` says what was counted and what the page shows of it, `count` is how many
    things were, `total` in how many sentences of how many `texts` these stand, and `sentence_ids` are the
    sentences to list: all, or a draw.
    """

    name: str
    about: str
    count: int
    total: int
    texts: int
    sentence_ids: tuple[str, ...]


def collect(pages: dict[str, str]) -> dict[tuple[str, str], Key]:
    """The keys of all numbers that need a list: those of which more than one thing was counted.

    Parameters
    ----------
    pages
        Title → cleaned content, in the order of reading.

    Returns
    -------
    dict
        By what the number is about and its ids as the page has them.
    """
    behind: dict[tuple[str, str], str] = {}
    drawn_from: dict[tuple[str, str], str] = {}
    for title, content in pages.items():
        for found, told_of, about in _references(title, content):
            listed = told_of["data-sentences"]
            own = "" if told_of.get("class") == "beside" or len(found[2]) > _HANDLE else unescape(found[2])
            if " " in listed:
                behind[about, listed] = behind.get((about, listed)) or own
                drawn_from[about, listed] = told_of.get("data-counted", "")
    keys = {}
    for number, ((about, listed), own) in enumerate(behind.items(), 1):
        ids = listed.split()
        counted = drawn_from[about, listed] or _counted(ids)
        count, total, texts = map(int, counted.split())
        told = f"{about}: {own}" if own and not about.endswith(own) else about
        keys[about, listed] = Key(f"k{number}", told, count, total, texts, drawn(ids))
    return keys


def drawn(sentence_ids: Sequence[str], most: int = MOST) -> tuple[str, ...]:
    """The sentences to list, in their order: all, or a draw of `most`.

    The draw is by a digest of the ids, so it is the same on every run, and what one list shows another one
    shows as well.

    Examples
    --------
    >>> drawn(["a:s001", "a:s001", "a:s002"])
    ('a:s001', 'a:s002')
    >>> len(drawn([f"a:s{n:03d}" for n in range(500)]))
    200
    """
    different = list(dict.fromkeys(sentence_ids))
    if len(different) <= most:
        return tuple(different)
    chosen = set(sorted(different, key=lambda one: hashlib.sha256(one.encode()).digest())[:most])
    return tuple(one for one in different if one in chosen)


def attributes(sentence_ids: Sequence[str]) -> dict[str, str]:
    """What a page is told of a list: its ids; of very many a draw, and what that was drawn from.

    Examples
    --------
    >>> attributes(["a:s001", "b:s002"])
    {'data-sentences': 'a:s001 b:s002'}
    >>> attributes([f"a:s{n % 300:03d}" for n in range(500)])["data-counted"]
    '500 300 1'
    """
    few = len(sentence_ids) <= MOST or len(set(sentence_ids)) <= MOST
    told = {"data-sentences": " ".join(sentence_ids if few else drawn(sentence_ids))}
    return told if few else told | {"data-counted": _counted(sentence_ids)}


def alone(pages: dict[str, str]) -> list[str]:
    """The sentences and texts that numbers of one thing lead to, of all pages as in :func:`collect`."""
    told = (found[1]["data-sentences"] for title in pages for found in _references(title, pages[title]))
    return [listed for listed in told if " " not in listed]


def _counted(sentence_ids: Sequence[str]) -> str:
    """How many things, in how many sentences of how many texts."""
    texts = {one.rsplit(":", 1)[0] for one in sentence_ids}
    return f"{len(sentence_ids)} {len(set(sentence_ids))} {len(texts)}"


def linked(title: str, content: str, keys: dict[tuple[str, str], Key], where: Callable[[str], str]) -> str:
    """The content with its numbers as links; a longer text gets the link behind it.

    Parameters
    ----------
    title, content
        As for :func:`collect`.
    where
        Key, sentence or beginning of a text (`whole`) → the address of the page and place that shows it.
    """
    made, end = [], 0
    for found, told_of, about in _references(title, content):
        ids = told_of["data-sentences"].split()
        key = keys.get((about, told_of["data-sentences"]))
        count = f"{key.total} sentences" if key and key.total > 1 else "sentence" if ":" in ids[0] else "text"
        short = len(unescape(found[2])) <= _HANDLE
        handle, before = (found[2], "") if short else (count, f"{found[2]} ")
        kind = "ref beside" if told_of.get("class") == "beside" else "ref"
        target = key.name if key else ids[0] if ":" in ids[0] else whole(ids[0])
        link = f'<a class="{kind}" href="{where(target)}">{handle}</a>'
        made += [content[end : found.start()], before, link]
        end = found.end()
    return "".join([*made, content[end:]])


def whole(article_id: str) -> str:
    """Where a text begins; the sign ":" tells it from keys and from a page's own places, as in a sentence."""
    return f"{article_id}:text"


def _references(title: str, content: str) -> Iterator[tuple[re.Match, dict[str, str], str]]:
    """The numbers with their attributes and what they are about: page, caption of the table, row or words."""
    caption = ""
    for found in _PART.finditer(content):
        if found[1] is None:
            caption = found[3] or ""  # none after the end of a table
            continue
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        if attributes.get("data-sentences"):
            own = textwrap.shorten(unescape(attributes.get("data-of") or found[2]), _ABOUT, placeholder=" …")
            yield found, attributes, " · ".join(filter(None, [title, unescape(caption), own]))
