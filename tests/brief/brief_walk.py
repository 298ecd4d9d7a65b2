"""Walks a brief: which digits stand where, and on what they rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "col", "img", "hr", "input"}
MARKS = ("data-source", "data-computed", "data-model", "data-assumption", "data-unverified", "data-name")
SKIP = {"style", "script", "title"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str | None]
    parent: Node | None = None
    text: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def up(self) -> list[Node]:
        node, found = self, [self]
        while node.parent is not None:
            node = node.parent
            found.append(node)
        return found

    def all_text(self) -> str:
        return "".join(self.text) + "".join(c.all_text() for c in self.children)

    def walk(self) -> list[Node]:
        return [self, *(n for c in self.children for n in c.walk())]


class Tree(HTMLParser):
    """A strict tree: every element is closed, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("root", {})
        self.problems: list[str] = []
        self.feed(page)
        self.close()
        if self.at is not self.root:
            self.problems.append(f"<{self.at.tag}> is not closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs), self.at)
        self.at.children.append(node)
        if len(attrs) != len(dict(attrs)):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag: str) -> None:
        if self.at.tag != tag:
            self.problems.append(f"</{tag}> closes <{self.at.tag}> at line {self.getpos()[0]}")
        elif self.at.parent is not None:
            self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.text.append(data)


def structural(node: Node) -> bool:
    """Places where a digit is no claim: reference numbers, the list of sources, the colophon, styles."""
    for n in node.up():
        classes = (n.attrs.get("class") or "").split()
        if n.tag in SKIP or (n.tag == "sup" and "ref" in classes) or "srcs" in classes or "colophon" in classes:
            return True
    return False


def marks(node: Node) -> set[str]:
    return {m for n in node.up() for m in MARKS if m in n.attrs}


def unmarked(tree: Tree) -> list[str]:
    """Texts with digits that rest on nothing."""
    found = []
    for node in tree.root.walk():
        text = " ".join("".join(node.text).split())
        if re.search(r"\d", text) and not structural(node) and not marks(node):
            found.append(text)
    return found


def dangling(tree: Tree) -> list[str]:
    """Marks that name sources which the list does not have, or name none where a source is claimed."""
    nodes = tree.root.walk()
    listed = {n.attrs["id"] for n in nodes if n.tag == "li" and re.fullmatch(r"s\d+", n.attrs.get("id") or "")}
    found = []
    for n in nodes:
        for mark in ("data-source", "data-computed", "data-assumption", "data-unverified"):
            refs = (n.attrs.get(mark) or "").split()
            if mark == "data-source" and mark in n.attrs and not refs:
                found.append(f"no source: {n.all_text()}")
            found += [f"{r}: {n.all_text()}" for r in refs if f"s{r}" not in listed]
    return found


def unsaid(tree: Tree, word: str, mark: str) -> list[str]:
    """Marked figures whose row or paragraph does not say the word."""
    found = []
    for n in tree.root.walk():
        if mark in n.attrs:
            home = next((a for a in n.up() if a.tag in ("tr", "li", "p", "figcaption")), n)
            if word not in home.all_text():
                found.append(n.all_text())
    return found
