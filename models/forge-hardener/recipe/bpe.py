"""Byte-level BPE in the form that GGUF calls gpt2: merges never take in a blank or a digit, nor mix letters with signs.

So an identifier is cut the same way wherever it stands, in the text of a rule and in the answer, and copying it is copying tokens.
"""
import collections
import json
import re

# What llama.cpp's pre-tokenizer "gpt-2" does to texts without apostrophes, as far as merges without blanks can see it.
_PIECES = re.compile(r"[^\W\d_]+|\d+|(?:[^\w\s]|_)+|\s+")

# Only these signs may be joined: the skeleton of a JSON answer.
_JSON_SIGNS = frozenset('":,{}')

SPECIAL = ["<pad>", "<s>", "</s>"]
PAD, BOS, EOS = 0, 1, 2


def byte_characters():
    """One printable character for each byte, as in GPT-2."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {b: chr(b) for b in kept}
    extra = 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


_CHARS = byte_characters()


def _symbols(piece):
    return tuple(_CHARS[b] for b in piece.encode("utf-8"))


def _may_merge(left, right):
    pair = left + right
    return (pair.isascii() and pair.isalpha()) or all(c in _JSON_SIGNS for c in pair)


def learn(texts, merges):
    """The most frequent pairs, one after another; ties by the alphabet, so that the same texts give the same merges."""
    counts = collections.Counter()
    for text in texts:
        counts.update(p for p in _PIECES.findall(text) if not p.isspace() and not p.isdigit())
    words = [[list(_symbols(w)), n] for w, n in sorted(counts.items())]
    pairs = collections.Counter()
    where = collections.defaultdict(set)
    for i, (word, n) in enumerate(words):
        for pair in zip(word, word[1:]):
            if _may_merge(*pair):
                pairs[pair] += n
                where[pair].add(i)
    learned = []
    while len(learned) < merges and pairs:
        best = min(pairs, key=lambda p: (-pairs[p], p))
        if pairs[best] < 2:
            break
        learned.append(best)
        for i in sorted(where.pop(best)):
            word, n = words[i]
            for pair in zip(word, word[1:]):
                if pair in pairs:
                    pairs[pair] -= n
                    if pairs[pair] <= 0:
                        del pairs[pair]
            words[i][0] = word = _join(word, best)
            for pair in zip(word, word[1:]):
                if _may_merge(*pair):
                    pairs[pair] += n
                    where[pair].add(i)
        pairs.pop(best, None)
    return learned


def _join(word, pair):
    joined, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and word[i] == pair[0] and word[i + 1] == pair[1]:
            joined.append(word[i] + word[i + 1])
            i += 2
        else:
            joined.append(word[i])
            i += 1
    return joined


class Tokenizer:
    """Text to numbers and back. Numbers: the special tokens, the 256 bytes, the merges in their order."""

    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.tokens = SPECIAL + [_CHARS[b] for b in range(256)] + [a + b for a, b in self.merges]
        self._ids = {t: i for i, t in enumerate(self.tokens)}
        self._ranks = {m: i for i, m in enumerate(self.merges)}
        self._bytes = {c: b for b, c in _CHARS.items()}
        self._cache = {}

    def encode(self, text):
        """Numbers of a text, without begin and end."""
        ids = []
        for piece in _PIECES.findall(text):
            found = self._cache.get(piece)
            if found is None:
                found = self._cache[piece] = [self._ids[s] for s in self._cut(piece)]
            ids.extend(found)
        return ids

    def decode(self, ids):
        """Text of numbers; special tokens are left out."""
        text = "".join(self.tokens[i] for i in ids if i >= len(SPECIAL))
        return bytes(self._bytes[c] for c in text).decode("utf-8", "replace")

    def _cut(self, piece):
        word = list(_symbols(piece))
        while len(word) > 1:
            rank, pair = min((self._ranks.get(p, len(self._ranks)), p) for p in zip(word, word[1:]))
            if rank == len(self._ranks):
                break
            word = _join(word, pair)
        return word

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.merges, file)

    @staticmethod
    def load(path):
        with open(path, encoding="utf-8") as file:
            return Tokenizer(json.load(file))
