"""Filters that show a number once, rounded; no query is made here."""

from django import template

register = template.Library()
