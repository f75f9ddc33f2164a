"""A text becomes markup by a short list of rules and by nothing else."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learn.markdown import Cited, Html, Table, Vocabulary, cited_keys, render

WORDS = Vocabulary(
    figures={"ceiling.us": "350 mg", "odd": '<b onclick="x">&'},
    tables={"table.ceilings": "the ceilings"},
    sources={"iom": Cited(short="IOM 1997", title="A book")},
)
SOURCES = {"iom": "IOM 1997", "fine": 'Fine "1991" <i>'}


def shown(text, numbers=None):
    return render(text, vocabulary=WORDS, sources=SOURCES, numbers=numbers, title="A title")


def html(text):
    return "".join(part.html for part in shown(text).parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So *far* and **wide**.", "<p>So <em>far</em> and <strong>wide</strong>.</p>\n"),
        ("# One\n\n#### Four", "<h3>One</h3>\n<h4>Four</h4>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("[here](/learn/band/#low)", '<p><a href="/learn/band/#low">here</a></p>\n'),
        ("[on](#low)", '<p><a href="#low">on</a></p>\n'),
        (
            "[out](https://e.org/?a=1&b)",
            '<p><a href="https://e.org/?a=1&amp;b" rel="noreferrer">out</a></p>\n',
        ),
        ("Up to {{ ceiling.us }} and {{ceiling.us}}.", "<p>Up to 350 mg and 350 mg.</p>\n"),
        ("{{ odd }}", "<p>&lt;b onclick=&quot;x&quot;&gt;&amp;</p>\n"),
        ("`{{ ceiling.us }}` as it is", "<p><code>{{ ceiling.us }}</code> as it is</p>\n"),
        ("", ""),
    ],
)
def test_a_text_becomes_markup(text, expected):
    assert html(text) == expected
    assert shown(text).problems == ()


def test_a_table_has_its_roles_and_names_its_cells():
    out = html("| Study | Size |\n|---|--:|\n| Hu | 13 |")

    assert '<table class="figures stacks text told" role="table" aria-label="A title">' in out
    assert '<th role="columnheader" class="num" scope="col">Size</th>' in out
    assert '<th role="rowheader" scope="row">Hu</th>' in out
    assert '<td role="cell" class="num" data-th="Size">13</td>' in out
    assert "style=" not in out


def test_sources_are_numbered_in_the_order_they_are_cited_across_a_page():
    numbers = {}
    first = "".join(part.html for part in shown("One.[@fine]", numbers).parts)
    second = "".join(part.html for part in shown("Two.[@iom; @fine]", numbers).parts)

    assert numbers == {"fine": 1, "iom": 2}
    assert 'href="#source-1" aria-label="Source 1: Fine &quot;1991&quot; &lt;i&gt;">1</a>' in first
    assert second.index("#source-2") < second.index("#source-1")


def test_the_keys_of_a_text_come_in_order_and_once():
    assert cited_keys("a[@x; @y] b[@x] c[@z;@y] [@Nope]") == ("x", "y", "z")


def test_a_table_of_data_cuts_the_text_where_it_stands_alone():
    parts = shown("Before\n\n{{ table.ceilings }}\n\nAfter").parts

    assert parts == (Html("<p>Before</p>\n"), Table("table.ceilings"), Html("<p>After</p>\n"))


def test_a_figure_alone_in_a_paragraph_is_a_paragraph():
    assert shown("{{ ceiling.us }}").parts == (Html("<p>350 mg</p>\n"),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ ceiling.mars }}", "There is no figure or table named ceiling.mars."),
        ("{{ Ceiling }}", "A figure is written {{ name }}, with small letters, digits, dots and hyphens."),
        ("{{ ceiling.us }", "A figure is written {{ name }}, with small letters, digits, dots and hyphens."),
        ("So {{ table.ceilings }}.", "The table table.ceilings stands in a paragraph of its own."),
        ("- {{ table.ceilings }}", "The table table.ceilings stands in a paragraph of its own."),
        ("It is.[@nobody]", "There is no source with the key nobody."),
        ("It is.[@IOM]", "Sources are cited as [@key] or [@key; @other-key]."),
        (
            "[x](javascript:alert)",
            "A link starts with https://, with / or with #, not as “javascript:alert”.",
        ),
        ("[x](//elsewhere.org)", "A link starts with https://, with / or with #, not as “//elsewhere.org”."),
        ("[x](mailto:a@b.c)", "A link starts with https://, with / or with #, not as “mailto:a@b.c”."),
    ],
)
def test_what_cannot_be_is_said_once_in_a_sentence(text, sentence):
    assert shown(f"{text}\n\n{text}").problems == (sentence,)


def test_a_figure_that_is_not_known_any_more_is_not_available():
    assert html("It is {{ ceiling.mars }}.") == "<p>It is not available.</p>\n"
    assert html("It is.[@nobody]") == "<p>It is.</p>\n"


ALLOWED = {
    "p": set(),
    "h3": set(),
    "h4": set(),
    "h5": set(),
    "h6": set(),
    "em": set(),
    "strong": set(),
    "code": set(),
    "br": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "blockquote": set(),
    "sup": {"class"},
    "a": {"href", "rel", "aria-label", "title"},
    "table": {"class", "role", "aria-label"},
    "thead": {"role"},
    "tbody": {"role"},
    "tr": {"role"},
    "th": {"role", "scope", "class"},
    "td": {"role", "class", "data-th"},
}


class Watch(HTMLParser):
    """Fails on a tag, an attribute or an address that no text may make."""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert name in ALLOWED[tag], (tag, name)
            if name == "href":
                assert value.startswith(("https://", "http://", "#")) or (value[0] == "/" != value[1:2]), (
                    value
                )

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!-- -->",
    "<style>*{}</style>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHN2Zz4=)",
    "[a](//elsewhere.org)",
    "[a](/\\elsewhere.org)",
    "[a](/\t/elsewhere.org)",
    '[a](https://e.org "x\\" onclick=\\"alert(1)")',
    "![a](https://e.org/x.png)",
    "<javascript:alert(1)>",
    '[@iom" onclick="x]',
    "{{ odd }}",
    "[a]: javascript:alert(1)\n\n[a]",
    "| <b> | a |\n|---|---|\n| <i onclick=x> | [a](javascript:x) |",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_markup_of_its_own(text):
    Watch().feed(html(text))


@given(st.lists(st.sampled_from([*HOSTILE, "\n", "\n\n", "|", "`", "*", "[", "](", ")", '"', "<", "&", " "])))
def test_nor_does_any_mixture(pieces):
    Watch().feed(html("".join(pieces)))
