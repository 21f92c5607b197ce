"""Texts of a rule and its answer: what the model is shown, and how one rule becomes many examples.

The answer must be copied, not remembered, so the names in a rule are replaced, in its text and its answer alike, by others that were never seen together.
"""
import json
import re

import templates

MOST_TITLE = 200
MOST_BODY = 900
SEPARATOR = "\n=>"
NOTHING = {"action": "none"}

# Share of examples that keep their names.
PLAIN = 0.25

# Whose value is a name or a number that the text holds; all other keys say what kind of change it is.
COPIED = ("name", "key", "value", "file", "path", "point", "option", "owner", "group", "mode", "section", "unit", "rule", "module", "match")
_PATH_HEADS = {"etc", "var", "usr", "boot", "lib", "bin", "sbin", "log", "run", "dev", "home", "proc", "sys", "tmp", "root", "local", "opt", "lib64", "share"}
_SWAPS = {
    "yes": ["no", "yes", "on", "sandbox"], "no": ["yes", "no", "off"], "on": ["off", "yes"], "off": ["on", "no"], "true": ["false", "1"], "false": ["true", "0"],
    "root": ["root", "adm", "sys", "syslog", "shadow", "ops", "daemon"], "shadow": ["root", "adm", "shadow", "utmp"],
}


def clean(text):
    """Blanks single, empty lines away, apostrophes as quotes (the tokenizer would cut words behind them)."""
    lines = (" ".join(line.split()) for line in text.replace("'", '"').replace("`", '"').split("\n"))
    return "\n".join(line for line in lines if line)


def prompt(title, body):
    """What stands before the answer; Forge's own code says the same (HardenerPrompt)."""
    return f"{clean(title)[:MOST_TITLE]}\n{clean(body)[:MOST_BODY]}{SEPARATOR}"


def answer(action):
    """The answer as text: compact JSON in the catalogue's order of keys."""
    return json.dumps(action or NOTHING, separators=(",", ":"), ensure_ascii=False)


class Words:
    """New names, made of the words of the training texts and of syllables."""

    def __init__(self, texts):
        seen = {}
        for text in texts:
            for word in re.findall(r"[A-Za-z]{3,14}", text):
                seen[word.lower()] = seen.get(word.lower(), 0) + 1
        self.known = sorted(w for w, n in seen.items() if n >= 2)

    def word(self, random):
        """One word, sometimes one that does not exist."""
        if random.random() < 0.6:
            return random.choice(self.known)
        return "".join(random.choice("bcdfghjklmnprstvwz") + random.choice(["a", "e", "i", "o", "u", "ai", "or", "en", "ist"]) for _ in range(random.choice((2, 2, 3))))

    def like(self, name, random):
        """A name of the same make: each run of letters is another word in the same case, each number another number."""
        def swap(match):
            part = match.group()
            if part.isdigit():
                return self.number(part, random)
            if len(part) < 3 and random.random() < 0.7:
                return part
            new = self.word(random)
            if part.isupper():
                return new.upper()
            return new.capitalize() if part[0].isupper() else new
        return re.sub(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", swap, name)

    def number(self, part, random):
        """Another number of about the same size."""
        if len(part) == 1:
            return str(random.randrange(10))
        if random.random() < 0.3:
            return str(random.choice((1, 2, 3, 5, 7, 10, 14, 15, 24, 30, 45, 60, 90, 180, 300, 365, 600, 900, 1024, 3600, 65536)))
        return str(random.randrange(10 ** (len(part) - 1), 10 ** len(part)))

    def path(self, path, random):
        """A path of the same make; the well-known folders at its head mostly stay."""
        parts = path.split("/")
        for i, part in enumerate(parts):
            if part and not (part in _PATH_HEADS and random.random() < 0.85) and (i == len(parts) - 1 or random.random() < 0.5):
                stem, dot, end = part.partition(".")
                parts[i] = self.like(stem, random) + dot + (end if end in ("conf", "d", "rules", "cfg", "service", "d.conf") or random.random() < 0.5 else self.like(end, random))
        return "/".join(parts)


def mode(random):
    return random.choice(("0000", "0400", "0440", "0600", "0640", "0644", "0700", "0711", "0750", "0755", "0660", "0770", "1777", "2750"))


def replacement(key, value, words, random):
    """Another value for one key of an answer; None where it should stay."""
    if key == "mode":
        return mode(random)
    if value.lower() in _SWAPS:
        return random.choice(_SWAPS[value.lower()])
    if key in ("file", "path", "point") or value.startswith("/"):
        return words.path(value, random)
    if key == "rule":
        return re.sub(r"(?<![A-Za-z0-9_-])(/[A-Za-z0-9_./-]+)|(?<=-k )([A-Za-z0-9_-]+)|(?<=key=)([A-Za-z0-9_-]+)|(?<=-S )([a-z0-9_]+)",
                      lambda m: words.path(m[1], random) if m[1] else words.like(m[0], random), value)
    return words.like(value, random)


def _standing(value, text):
    """Where a value stands in a text by itself, and not within a longer name."""
    return re.compile(r"(?<![A-Za-z0-9_])" + re.escape(value) + r"(?![A-Za-z0-9_])").search(text) is not None


def renamed(title, body, action, words, random):
    """The same rule about other things. What the text does not hold stays as it is, so that the answer can still be known."""
    pairs = []
    for key, value in action.items():
        if key not in COPIED or (key in ("file", "section", "match") and random.random() < 0.6):
            continue
        spelled = value
        if key == "mode" and not _standing(value, title + "\n" + body) and _standing(value.lstrip("0") or "0", title + "\n" + body):
            spelled = value.lstrip("0") or "0"
        if not _standing(spelled, title + "\n" + body) or (len(spelled) < 2 and not spelled.isdigit()):
            continue
        new = replacement(key, value, words, random)
        if new and new != value:
            pairs.append((key, spelled, new))
    changed = dict(action)
    for key, _, new in pairs:
        changed[key] = new
    for key, spelled, new in sorted(pairs, key=lambda p: -len(p[1])):
        new = new[1:] if key == "mode" and len(spelled) == 3 and new[0] == "0" else new
        title, body = (_swap(text, spelled, new) for text in (title, body))
    return title, body, changed


def _swap(text, old, new):
    # A short number or word (0, no) stands everywhere: only where it follows the look of a setting is it the value.
    if len(old) <= 2:
        pattern = r"(?<=[=\s:\"(])" + re.escape(old) + r"(?=[\s.,;\")]|$)"
    else:
        pattern = r"(?<![A-Za-z0-9_])" + re.escape(old) + r"(?![A-Za-z0-9_])"
    return re.sub(pattern, lambda _: new, text)


def shortened(body, action, random):
    """Some of the sentences that hold nothing of the answer left out: the same question, asked in fewer words."""
    values = [v.lower() for k, v in (action or {}).items() if k in COPIED]
    lines = []
    for line in body.split("\n"):
        parts = re.split(r"(?<=[.:])\s+", line)
        lines.append(" ".join(p for p in parts if any(v in p.lower() for v in values) or random.random() < 0.4))
    short = "\n".join(line for line in lines if line)
    return short or body


def example(record, words, random, early=False):
    """One example of a record: a wording, with or without other names."""
    action = record["action"]
    # A text that does not hold what its answer must name teaches guessing.
    choices = [] if record.get("unsaid") else [("content", 5.0)]
    if record["check"] and not record.get("unsaidInCheck"):
        choices.append(("check", 4.0))
    if record.get("fixtext"):
        choices.append(("fixtext", 1.5))
    made = templates.say(action, random) if action else None
    if made:
        choices.append(("template", 20.0 if early else 2.5))
    if early == "only" and made:
        choices = [("template", 1.0)]
    choices = choices or [("content", 1.0)]
    kind = random.choices([c for c, _ in choices], [w for _, w in choices])[0]
    title, body = record["title"], record["description"]
    if kind == "check":
        body = record["check"]
    elif kind == "fixtext":
        body = record["fixtext"]
    elif kind == "template":
        title, body = made
    if random.random() < 0.12:
        title = templates.title(random)
    if random.random() < 0.1 and kind == "content" and record["check"]:
        body = body + "\n" + record["check"]
    if kind != "template" and random.random() < 0.6:
        body = shortened(body, action, random)
    if action and random.random() >= PLAIN:
        title, body, action = renamed(title, body, action, words, random)
    return prompt(title, body), answer(action)
