"""Reads the export (one JSON object a line, written by Forge.Hardener.Data) and deals out examples."""
import collections
import hashlib
import json
import os
import random

import wordings

# Share of examples whose rule has no typed action.
NONE_SHARE = 0.08

# Rows of chance a step, tokens a row, and the length of the part that is said again.
ROWS = 64
ROW = 64
PART = (6, 24)


def load(path):
    """Records by set."""
    sets = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                sets[record["set"]].append(record)
            except (ValueError, KeyError) as fault:
                raise SystemExit(f"{path}:{number}: not a record of the export ({fault}); write it anew with: Forge.Hardener.Data export") from fault
    return sets


def without_leaks(sets):
    """The training records, without those of a held-out rule and those whose text one has too (under another id)."""
    others = [record for name, records in sets.items() if name != "train" for record in records]
    held, ids = {mark for record in others for mark in marks(record)}, {record["id"] for record in others}
    kept = [record for record in sets["train"] if record["id"] not in ids and not held.intersection(marks(record))]
    print(f"{len(sets['train']) - len(kept)} of {len(sets['train'])} records are left out: a held-out rule is the same or has the same text", flush=True)
    return kept


def marks(record):
    """What tells the texts of a record apart: case and blanks make no other text of it (as Forge.Hardener.Data check has it)."""
    texts = [record["title"] + " " + record["description"], record["check"]]
    return {hashlib.sha256(" ".join(text.lower().split()).encode("utf-8")).hexdigest() for text in texts if text}


def write(path, records):
    """Records as JSON lines, beside their place and renamed."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    os.replace(path + ".new", path)


def own(path):
    """What one's own runs proved, as training records."""
    records = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            kept = json.loads(line)
            if kept["chosen"]:
                records.append({"id": kept["id"], "title": kept["title"], "description": kept["body"], "check": "", "action": kept["chosen"]})
    return records


def digest(path):
    """SHA-256 of the file, for the card."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def family(action):
    """The kind of an action, for weights and figures."""
    if not action:
        return "none"
    return f"{action['action']}:{action['format']}" if "format" in action else action["action"]


def copying(number, seed, first, last):
    """Rows of tokens taken by chance, each a part, a gap and the part again, with the place where it begins again."""
    deal, rows = random.Random(f"copying:{seed}:{number}"), []
    for _ in range(ROWS):
        part = [deal.randrange(first, last) for _ in range(deal.randint(*PART))]
        gap = [deal.randrange(first, last) for _ in range(deal.randint(0, ROW - 2 * len(part)))]
        rows.append((part + gap + part, len(part) + len(gap)))
    return rows


class Dealer:
    """Deals examples for training; what it deals depends on the seed and the number of the batch alone, so training can go on anywhere."""

    def __init__(self, records, tokenizer, seed, longest, own=()):
        self.own = list(own)
        self.records, self.tokenizer, self.seed, self.longest = records, tokenizer, seed, longest
        self.words = wordings.Words(r["title"] + "\n" + r["description"] + "\n" + r["check"] for r in records)
        by_family = collections.defaultdict(lambda: collections.defaultdict(list))
        labelled = {record["id"] for record in records if record["action"]}
        for record in records:
            # A rule that has an action for one machine and none for another is no example of "there is none".
            if not record["action"] and record["id"] in labelled:
                continue
            by_family[family(record["action"])][record["id"]].append(record)
        self.families = {f: sorted(ids.items()) for f, ids in by_family.items()}
        self.names = sorted(self.families)
        rules = {f: len(self.families[f]) for f in self.names}
        rest = sum(n ** 0.5 for f, n in rules.items() if f != "none")
        self.weights = [NONE_SHARE if f == "none" else (1 - NONE_SHARE) * rules[f] ** 0.5 / rest for f in self.names]

    def pool(self, number, batches, size, early):
        """Some batches of token lists (prompt, answer), each batch of like lengths; early ones have more short texts, from which copying is learned at less cost."""
        deal = random.Random(f"{self.seed}:{number}")
        made = []
        while len(made) < batches * size:
            if self.own and deal.random() < 0.5:
                record = deal.choice(self.own)
            else:
                record = deal.choice(deal.choice(self.families[deal.choices(self.names, self.weights)[0]])[1])
            text, reply = wordings.example(record, self.words, deal, early)
            prompt, reply = self.tokenizer.encode(text), self.tokenizer.encode(reply)
            if len(prompt) + len(reply) + 2 <= self.longest:
                made.append((prompt, reply))
        made.sort(key=lambda e: len(e[0]) + len(e[1]))
        cut = [made[i * size:(i + 1) * size] for i in range(batches)]
        deal.shuffle(cut)
        return cut
