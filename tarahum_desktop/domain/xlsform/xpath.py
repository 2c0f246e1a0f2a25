"""The expressions of XLSForm (a small part of XPath 1.0) as a tree; nothing is evaluated here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

LONGEST_EXPRESSION: Final = 2_000
DEEPEST_EXPRESSION: Final = 24
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<text>'[^']*'|\"[^\"]*\")|\$\{\s*(?P<answer>[^{}\s]+)\s*\}"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_-]*)|(?P<mark>!=|<=|>=|[=<>+*(),.-])|(?P<end>$)|(?P<other>.))",
    re.DOTALL,
)
_LEVELS: Final[tuple[tuple[str, ...], ...]] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)


class XPathError(Exception):
    """An expression that does not parse; ``at`` counts letters from 1."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem, at)
        self.problem, self.at = problem, at


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Literal:
    """A text between quotes."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Answer:
    """``${name}``; the question itself (``.``) has no name."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator and what it is applied to."""

    name: str
    arguments: tuple["Node", ...]
    at: int


Node: TypeAlias = Number | Literal | Answer | Call


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_xpath(text: str) -> Node:
    """Parse one expression; raises ``XPathError``."""
    if len(text) > LONGEST_EXPRESSION:
        raise XPathError("rule_too_large", 1)
    parser = _Parser(list(_tokens(text)))
    node = parser.level(0, 0)
    parser.expect_end()
    return node


def _tokens(text: str) -> Sequence[_Token]:
    found: list[_Token] = []
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        kind = match.lastgroup if match else "other"
        start = match.start(kind) + 1 if match and kind else at + 1
        if match is None or kind is None or kind == "other":
            raise XPathError("rule_not_understood", start)
        found.append(_Token(kind, match[kind], start))
        if kind == "end":
            return found
        at = match.end()


class _Parser:
    """Reads by precedence, the loosest binding first."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._next = tokens, 0

    @property
    def _now(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._now
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def expect_end(self) -> None:
        """Refuse whatever follows a whole expression."""
        if self._now.kind != "end":
            raise XPathError("rule_not_understood", self._now.at)

    def level(self, level: int, depth: int) -> Node:
        """Read operators of one level and everything that binds tighter."""
        if depth > DEEPEST_EXPRESSION:
            raise XPathError("rule_too_large", self._now.at)
        if level == len(_LEVELS):
            return self._signed(depth)
        left = self.level(level + 1, depth)
        while self._now.kind in ("mark", "word") and self._now.text in _LEVELS[level]:
            operator = self._take()
            left = Call(operator.text, (left, self.level(level + 1, depth)), operator.at)
        return left

    def _signed(self, depth: int) -> Node:
        if self._now.text == "-" and self._now.kind == "mark":
            sign = self._take()
            return Call("-", (self.level(len(_LEVELS), depth + 1),), sign.at)
        return self._single(depth)

    def _single(self, depth: int) -> Node:
        token = self._take()
        match token.kind:
            case "number":
                return Number(token.text, token.at)
            case "text":
                return Literal(token.text[1:-1], token.at)
            case "answer":
                return Answer(token.text, token.at)
            case "word" if self._now.text == "(":
                return self._call(token, depth)
            case "mark" if token.text == ".":
                return Answer("", token.at)
            case "mark" if token.text == "(":
                inner = self.level(0, depth + 1)
                self._expect(")")
                return inner
            case _:
                raise XPathError("rule_not_understood", token.at)

    def _call(self, name: _Token, depth: int) -> Node:
        self._take()
        arguments: list[Node] = []
        if self._now.text != ")":
            arguments.append(self.level(0, depth + 1))
            while self._now.text == ",":
                self._take()
                arguments.append(self.level(0, depth + 1))
        self._expect(")")
        return Call(name.text, tuple(arguments), name.at)

    def _expect(self, mark: str) -> None:
        if self._now.kind != "mark" or self._now.text != mark:
            raise XPathError("rule_not_understood", self._now.at)
        self._take()
