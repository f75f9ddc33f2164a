"""PURE: a section's Markdown to HTML, with its figures and citations filled in.

Beside plain Markdown (paragraphs, headings, lists, emphasis, links, tables) a text may hold
- `{{ ceiling.us }}`: a figure or table by its name, so that what is told cannot drift from what is reckoned
  with; a table stands in a paragraph of its own;
- `[@iom-1997]` or `[@iom-1997; @bfr-2017]`: sources by their keys, shown as numbers that lead to the page's
  list of sources.
Nothing else becomes markup: HTML is shown as it was typed, and a link leads to a page here or to the web.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

NOT_AVAILABLE = "not available"  # in the place of a figure whose name is not known any more
TOP_LEVEL = 3  # a section's own title is a heading of level 2

_BLOCK_RULES = ["table", "list", "heading", "blockquote"]
_INLINE_RULES = ["emphasis", "link", "escape", "entity", "newline", "backticks", "figure", "cite"]
_FIGURE = re.compile(r"\{\{ *([a-z0-9][a-z0-9.-]*) *\}\}")
_CITE = re.compile(r"\[@([a-z0-9][a-z0-9-]*(?:; ?@[a-z0-9][a-z0-9-]*)*)\]")
_ADDRESS = re.compile(r"https?://|/(?!/)|#")
_REFUSED_LINK = re.compile(r"\[([^\[\]]*)\]\(([^)\s]*)")
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")  # browsers drop or turn some of these: "/\host" leads away


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source as the list of a page shows it: a short name, what it is, where it stands, how it was read."""

    short: str
    title: str
    where: str = ""
    url: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What texts may name: figures as shown, tables with a word for each, the sources the program uses."""

    figures: Mapping[str, str]
    tables: Mapping[str, str]
    sources: Mapping[str, Cited]


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is ready to be shown: everything in it is escaped or made here."""

    html: str


@dataclass(frozen=True, slots=True)
class Table:
    """The place of a table that is drawn from data; `name` is one of the vocabulary's."""

    name: str


Part = Html | Table


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it is shown, in parts, and a sentence for each thing in it that cannot be."""

    parts: tuple[Part, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Context:
    vocabulary: Vocabulary
    sources: Mapping[str, str]
    numbers: MutableMapping[str, int]
    problems: list[str] = field(default_factory=list)

    def trouble(self, sentence: str) -> None:
        if sentence not in self.problems:
            self.problems.append(sentence)


def cited_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the sources a text cites, in order, each once."""
    return tuple(dict.fromkeys(key for found in _CITE.finditer(text) for key in _keys(found)))


def render(
    text: str,
    *,
    vocabulary: Vocabulary,
    sources: Mapping[str, str],
    numbers: MutableMapping[str, int] | None = None,
    title: str = "",
) -> Rendered:
    """Return a text as it is shown and what in it cannot be; `sources` are short names by key.

    `numbers` holds the number of each source cited so far on the page, and is added to. `title` names the
    text's tables for a screen reader.
    """
    context = _Context(vocabulary, sources, {} if numbers is None else numbers)
    tokens = _MARKDOWN.parse(text, {"context": context})
    _check_braces(text, context)
    parts = tuple(_parts(_dressed(tokens, title, context), context))
    return Rendered(parts, tuple(context.problems))


# Rules of the inline text ------------------------------------------------------------------------


def _figure_rule(state: StateInline, silent: bool) -> bool:
    """Read `{{ name }}`."""
    return _token(state, silent, "figure", _FIGURE)


def _cite_rule(state: StateInline, silent: bool) -> bool:
    """Read `[@key; @key]`."""
    return _token(state, silent, "cite", _CITE)


def _token(state: StateInline, silent: bool, kind: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


def _keys(found: re.Match[str]) -> Iterator[str]:
    return (part.strip().lstrip("@") for part in found[1].split(";"))


def _figure(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Return a figure as it is shown."""
    context: _Context = env["context"]
    name = tokens[index].content
    if name in context.vocabulary.figures:
        return escapeHtml(context.vocabulary.figures[name])
    if name in context.vocabulary.tables:
        context.trouble(f"The table {name} stands in a paragraph of its own.")
    else:
        context.trouble(f"There is no figure or table named {name}.")
    return NOT_AVAILABLE


def _cite(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Return the numbers of sources, each a link to the list of the page."""
    context: _Context = env["context"]
    links = []
    for part in tokens[index].content.split(";"):
        key = part.strip().lstrip("@")
        if key not in context.sources:
            context.trouble(f"There is no source with the key {key}.")
            continue
        number = context.numbers.setdefault(key, len(context.numbers) + 1)
        label = escapeHtml(f"Source {number}: {context.sources[key]}")
        links.append(f'<a href="#source-{number}" aria-label="{label}">{number}</a>')
    return f'<sup class="cites">{", ".join(links)}</sup>' if links else ""


def _may_link(address: str) -> bool:
    return _ADDRESS.match(address) is not None and not _CONTROL.search(address)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False})
    markdown.inline.ruler.before("escape", "figure", _figure_rule)
    markdown.inline.ruler.before("link", "cite", _cite_rule)
    markdown.enable([*_BLOCK_RULES, *_INLINE_RULES])
    markdown.validateLink = _may_link  # type: ignore[method-assign,assignment]
    markdown.add_render_rule("figure", _figure)
    markdown.add_render_rule("cite", _cite)
    return markdown


_MARKDOWN = _markdown()

# What is shown -----------------------------------------------------------------------------------


def _check_braces(text: str, context: _Context) -> None:
    if _FIGURE.sub("", text).count("{{"):
        context.trouble("A figure is written {{ name }}, with small letters, digits, dots and hyphens.")
    if _CITE.sub("", text).count("[@"):
        context.trouble("Sources are cited as [@key] or [@key; @other-key].")


def _dressed(tokens: Sequence[Token], title: str, context: _Context) -> list[Token]:
    """Return the tokens with what the pages' style and a screen reader need."""
    heads: list[str] = []
    cell = 0
    in_head = False
    for index, token in enumerate(tokens):
        match token.type:
            case "heading_open" | "heading_close":
                token.tag = f"h{max(TOP_LEVEL, int(token.tag[1:]))}"
            case "table_open":
                heads = []
                token.attrs = {"class": "figures stacks text told", "role": "table", "aria-label": title}
            case "thead_open" | "tbody_open":
                in_head = token.type == "thead_open"
                token.attrs = {"role": "rowgroup"}
            case "tr_open":
                cell = 0
                token.attrs = {"role": "row"}
            case "th_open":
                heads.append(tokens[index + 1].content)
                token.attrs = _cell(token, "columnheader") | {"scope": "col"}
            case "td_open" if cell == 0:
                token.tag = "th"
                token.attrs = _cell(token, "rowheader") | {"scope": "row"}
            case "td_open":
                token.attrs = _cell(token, "cell") | {"data-th": heads[cell]}
            case "td_close":
                token.tag = "th" if cell == 0 and not in_head else "td"
                cell += 1
            case "inline":
                _dress_inline(token.children or [], context)
    return list(tokens)


def _cell(token: Token, role: str) -> dict[str, str | int | float]:
    dressed: dict[str, str | int | float] = {"role": role}
    if "right" in str(token.attrs.get("style", "")):
        dressed["class"] = "num"
    return dressed


def _dress_inline(children: Sequence[Token], context: _Context) -> None:
    for token in children:
        if token.type == "link_open" and str(token.attrs["href"]).startswith("http"):
            token.attrSet("rel", "noreferrer")
        if token.type == "text" and (found := _REFUSED_LINK.search(token.content)):
            context.trouble(f"A link starts with https://, with / or with #, not as “{found[2][:60]}”.")


def _parts(tokens: Sequence[Token], context: _Context) -> Iterator[Part]:
    """Cut the tokens at the paragraphs that are a table's place."""
    start = index = 0
    while index < len(tokens):
        name = _table_at(tokens, index, context)
        if name is None:
            index += 1
            continue
        yield from _html(tokens[start:index], context)
        yield Table(name)
        start = index = index + 3
    yield from _html(tokens[start:], context)


def _table_at(tokens: Sequence[Token], index: int, context: _Context) -> str | None:
    """Return the table that a paragraph outside lists and quotes holds and nothing else, if it does."""
    token = tokens[index]
    if token.type != "paragraph_open" or token.level:
        return None
    children = tokens[index + 1].children or []
    if len(children) != 1 or children[0].type != "figure":
        return None
    return children[0].content if children[0].content in context.vocabulary.tables else None


def _html(tokens: Sequence[Token], context: _Context) -> Iterator[Html]:
    if tokens:
        yield Html(str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {"context": context})))
