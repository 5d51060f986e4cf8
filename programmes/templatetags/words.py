"""Template tags that speak in the programme's words: `{% load words %}`.

They take `vocabulary` and `addressee` ("mentor", "mentee" or nothing) from the context:

    {% words _("Inviter {le mentor}") %}
    {% words _("{Choisis/Choisissez} une date") to="mentee" %}
    {% words _("{Votre mentor}") vocabulary=pair.programme.vocabulary as title %}
    {% filled %}{% blocktrans %}{{ name }} sera {votre mentor}.{% endblocktrans %}{% endfilled %}
    {{ charter.text|in_words:vocabulary }}
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill

register = template.Library()


@register.simple_tag(takes_context=True)
def words(
    context: Context, text: object, vocabulary: Vocabulary | None = None, to: str | None = None
) -> str:
    return fill(
        text,
        vocabulary or context.get("vocabulary") or DEFAULT,
        to=to or context.get("addressee"),
    )


@register.filter
def in_words(text: object, vocabulary: Vocabulary | None) -> str:
    return fill(text, vocabulary or DEFAULT)


class FilledNode(template.Node):
    """Fills what stands between the tags, once it is rendered."""

    def __init__(self, nodelist: NodeList, options: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.options = options

    def render(self, context: Context) -> SafeString:
        options: dict[str, Any] = {
            key: value.resolve(context) for key, value in self.options.items()
        }
        rendered = self.nodelist.render(context)
        # The words of a vocabulary are letters only, so what was safe stays safe.
        return mark_safe(words(context, rendered, **options))


@register.tag
def filled(parser: Parser, token: Token) -> FilledNode:
    bits = token.split_contents()[1:]
    options = token_kwargs(bits, parser)
    if bits or not options.keys() <= {"vocabulary", "to"}:
        raise template.TemplateSyntaxError("{% filled %} takes vocabulary= and to= only")
    nodelist = parser.parse(("endfilled",))
    parser.delete_first_token()
    return FilledNode(nodelist, options)
