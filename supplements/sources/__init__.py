"""PURE: what outside sources say of products: a file of a label in, records of products out."""

from supplements.sources.dsld import read_label
from supplements.sources.files import label_files, read_file
from supplements.sources.records import LabelFile, LineRecord, ProductRecord, Unreadable

__all__ = [
    "LabelFile",
    "LineRecord",
    "ProductRecord",
    "Unreadable",
    "label_files",
    "read_file",
    "read_label",
]
