"""Greedy answers of the trained model by PyTorch, one JSON object a line: {"prompt", "answer", "margin", "before", "token"}. Forge.Hardener.Data same compares them with llama.cpp's.

Usage: answers.py --data rules.jsonl --out DIR [--count 200] [--threads T] --to answers.jsonl
The weights are rounded to F16 first, as the GGUF holds them; the arithmetic is F32.
"""
import argparse
import json
import os

import torch

import bpe
import data
import gguf
import wordings
from model import Llama, Shape

MOST = 160


def load(out):
    """The model of the last checkpoint, and its tokenizer."""
    state = torch.load(os.path.join(out, "checkpoint.pt"), map_location="cpu")
    tokenizer = bpe.Tokenizer.load(os.path.join(out, "merges.json"))
    model = Llama(Shape(len(tokenizer.tokens), layers=state["layers"]))
    model.load_state_dict(state["model"])
    for weight in model.parameters():
        if weight.dim() > 1:
            weight.data = weight.data.half().float()
    return model.eval(), tokenizer


@torch.no_grad()
def greedy(model, tokenizer, prompt):
    """The likeliest answer, token by token; the least distance of the two likeliest tokens (logits), the text before it and what follows there."""
    new, start, cache, said, margin, before, there = [bpe.BOS, *tokenizer.encode(prompt)], 0, {}, [], float("inf"), 0, bpe.EOS
    while len(said) < MOST:
        (first, second), (token, _) = (part.tolist() for part in model.logits(model(torch.tensor([new]), start, cache)[0, -1]).topk(2))
        if first - second < margin:
            margin, before, there = first - second, len(said), token
        if token == bpe.EOS:
            break
        start += len(new)
        new = [token]
        said.append(token)
    return {"answer": tokenizer.decode(said), "margin": margin, "before": tokenizer.decode(said[:before]), "token": tokenizer.decode([there])}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--name", default="forge-hardener")
    parser.add_argument("--to", required=True, help="file for the answers")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model, tokenizer = load(options.out)
    gguf.write(os.path.join(options.out, f"{options.name}.gguf"), model, tokenizer, options.name)
    records = [r for r in data.load(options.data)["train"] if r["action"]]
    step = max(1, len(records) // options.count)
    with open(options.to, "w", encoding="utf-8") as file:
        for record in records[::step][:options.count]:
            prompt = wordings.prompt(record["title"], record["check"] or record["description"])
            file.write(json.dumps({"prompt": prompt, **greedy(model, tokenizer, prompt)}) + "\n")


if __name__ == "__main__":
    main()
