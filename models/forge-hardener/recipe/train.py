"""Trains forge-hardener. Goes on from its last checkpoint after a kill; uses a GPU where there is one.

Usage: train.py --data rules.jsonl --out DIR --steps N [--seed S] [--threads T] [--own preferences.jsonl --parent GGUF]
Writes DIR/{train.jsonl, held.jsonl, merges.json, checkpoint.pt, log.jsonl, forge-hardener.gguf, recipe.json}. --prepare ends after the first two.
"""
import argparse
import json
import os
import sys
import time

import torch
from torch.nn import functional as F

import bpe
import data
import gguf
import wordings
from model import Llama, Shape

PEAK = 1.5e-3
# A fine-tune at the full rate forgets more of held-out rules than its own data can teach.
FINE_PEAK = 3e-4
WARMUP = 150
PROMPT_WEIGHT = 0.25
PROMPT_SHARE = 0.25
POOL = 8
LONGEST = 448
# First the two lowest layers see rows of chance with a part said again: the heads that copy form there in a fifth of the steps that rules and six layers would need.
COPYING = 700
COPYING_LAYERS = 2
COPYING_TOKENS = 1459
COPYING_PEAK = 2e-3
COPYING_WARMUP = 50
SHORT_STEPS = 640
# Share of names never seen that the short version must have copied; 0.2 to 0.5 were seen.
SHORT_RIGHT = 0.1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="export of the rules, with sets")
    parser.add_argument("--out", required=True, help="folder for checkpoints and the model")
    parser.add_argument("--steps", type=int, default=2800, help=f"the first {COPYING} of them teach copying alone")
    parser.add_argument("--size", type=int, default=16, help="examples a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--merges", type=int, default=2600)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--every", type=int, default=100, help="steps between checkpoints")
    parser.add_argument("--parent", help="GGUF file to start from (a fine-tune)")
    parser.add_argument("--own", help="preferences.jsonl of Export-ForgePreference: half of the examples come from it")
    parser.add_argument("--prepare", action="store_true", help="write the training and held-out records and end")
    parser.add_argument("--short", action="store_true", help="the recipe's own test: two layers, short texts, until names are copied")
    parser.add_argument("--name", default="forge-hardener")
    parser.add_argument("--command", default=" ".join(sys.argv), help="what the card says how it was made")
    return parser.parse_args()


def tokenizer_of(options, train):
    path = os.path.join(options.out, "merges.json")
    if options.parent:
        metadata, _ = gguf.read(options.parent)
        bpe.Tokenizer([m.split(" ") for m in metadata["tokenizer.ggml.merges"]]).save(path)
    if not os.path.exists(path):
        texts = []
        for record in train:
            for body in filter(None, (record["description"], record["check"], record.get("fixtext", ""))):
                texts.append(wordings.prompt(record["title"], body))
            texts.extend([wordings.answer(record["action"])] * 3)
        bpe.Tokenizer(bpe.learn(texts, options.merges)).save(path + ".new")
        os.replace(path + ".new", path)
    return bpe.Tokenizer.load(path)


def rate(step, steps, copying):
    """Up and level while copying is learned, then level and down over the last third; a fine-tune has no such stage, a slower start and a lower top."""
    if step < copying:
        return COPYING_PEAK * min(1.0, (step + 1) / COPYING_WARMUP)
    peak = PEAK if copying else FINE_PEAK
    if not copying and step < WARMUP:
        return peak * (step + 1) / WARMUP
    decay = (steps - copying) // 3
    left = steps - step
    return peak * (max(0.02, left / decay) if left < decay else 1.0)


def batch_of(examples, device):
    """Token matrix and weights of what is to be predicted."""
    # Few different shapes: oneDNN compiles code for each.
    longest = -(-(max(len(p) + len(a) for p, a in examples) + 1) // 64) * 64 + 1
    ids = torch.full((len(examples), longest), bpe.PAD)
    weights = torch.zeros(len(examples), longest)
    for i, (prompt, reply) in enumerate(examples):
        line = [bpe.BOS, *prompt, *reply, bpe.EOS]
        ids[i, :len(line)] = torch.tensor(line)
        # A quarter of the text is enough to learn its language from, and saves the widest product.
        said = torch.rand(len(prompt)) < PROMPT_SHARE
        weights[i, 1:len(prompt) + 1] = said * PROMPT_WEIGHT
        weights[i, len(prompt) + 1:len(line)] = 1.0
    return ids.to(device), weights.to(device)


def copying_batch(rows, device):
    """Token matrix and weights for rows of chance: in each, a part said again after a gap is to be predicted."""
    longest = max(len(row) for row, _ in rows)
    ids, weights = torch.full((len(rows), longest), bpe.PAD), torch.zeros(len(rows), longest)
    for i, (row, again) in enumerate(rows):
        ids[i, :len(row)] = torch.tensor(row)
        # Where the part begins again cannot be known: its first token is not asked for.
        weights[i, again + 1:len(row)] = 1.0
    return ids.to(device), weights.to(device)


def loss_of(model, ids, weights, device, layers=None):
    targets, weights = ids[:, 1:].reshape(-1), weights[:, 1:].reshape(-1)
    chosen = weights.nonzero().squeeze(1)
    told = weights[chosen]
    padding = -len(chosen) % 256
    chosen, told = F.pad(chosen, (0, padding)), F.pad(told, (0, padding))
    with torch.autocast(device.type, torch.bfloat16):
        hidden = model(ids[:, :-1], layers=layers)
        logits = model.logits(hidden.reshape(-1, hidden.shape[-1])[chosen])
    losses = F.cross_entropy(logits.float(), targets[chosen], reduction="none")
    return (losses * told).sum() / told.sum()


def begin_with(model, path):
    """Takes the weights of a GGUF file that this recipe wrote."""
    _, arrays = gguf.read(path)
    weights = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
    state = {"table.weight": weights["token_embd.weight"], "norm.weight": weights["output_norm.weight"]}
    for i in range(model.shape.layers):
        part = {name: weights[f"blk.{i}.{name}.weight"] for name in ("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down")}
        state.update({
            f"layers.{i}.attention_norm.weight": part["attn_norm"], f"layers.{i}.qkv.weight": torch.cat([part["attn_q"], part["attn_k"], part["attn_v"]]),
            f"layers.{i}.out.weight": part["attn_output"], f"layers.{i}.inner_norm.weight": part["ffn_norm"],
            f"layers.{i}.gate_up.weight": torch.cat([part["ffn_gate"], part["ffn_up"]]), f"layers.{i}.down.weight": part["ffn_down"],
        })
    model.load_state_dict(state)


@torch.no_grad()
def exact(model, tokenizer, examples, device):
    """Shares of examples whose whole answer is the greedy one, by wording: where each true token is the likeliest after the true ones before it."""
    model.eval()
    right, count = {}, {}
    for start in range(0, len(examples), 16):
        part = examples[start:start + 16]
        ids, weights = batch_of([(tokenizer.encode(p), tokenizer.encode(a)) for _, p, a in part], device)
        with torch.autocast(device.type, torch.bfloat16):
            best = model.logits(model(ids[:, :-1])).argmax(-1)
        wrong = ((best != ids[:, 1:]) & (weights[:, 1:] == 1.0)).any(1)
        for (wording, _, _), miss in zip(part, wrong.tolist()):
            count[wording] = count.get(wording, 0) + 1
            right[wording] = right.get(wording, 0) + (not miss)
    model.train()
    return {w: round(right[w] / count[w], 4) for w in sorted(count)}


def dev_examples(records, tokenizer):
    seen, examples = set(), []
    for record in records:
        for wording, body in (("content", record["description"]), ("check", record["check"])):
            text = wordings.prompt(record["title"], body)
            if not record["action"] or not body or (record["id"], wording) in seen or len(tokenizer.encode(text)) > LONGEST - 100:
                continue
            seen.add((record["id"], wording))
            examples.append((wording, text, wordings.answer(record["action"])))
    return sorted(examples, key=lambda e: len(e[1]))


def short_dev(dealer, tokenizer):
    """Texts with names that no training text has: what is right here was copied and not remembered."""
    pools = [dealer.pool(-number, 1, 16, "only") for number in range(1, 9)]
    examples = [("copied", tokenizer.decode(p), tokenizer.decode(a)) for pool in pools for batch in pool for p, a in batch if tokenizer.decode(a) != wordings.answer(None)]
    return sorted(examples, key=lambda e: len(e[1]))


def save(path, model, optimizer, step, seconds, begun):
    torch.save({"step": step, "seconds": seconds, "begun": begun, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "layers": model.shape.layers}, path + ".new")
    os.replace(path + ".new", path)


def main():
    options = arguments()
    if options.short:
        options.layers, options.steps, options.merges = 2, SHORT_STEPS, 1200
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    sets = data.load(options.data)
    if not sets["train"]:
        sys.exit(f"{options.data}: no record has the set train")
    sets["train"] = data.without_leaks(sets)
    own = data.without_leaks({**sets, "train": data.own(options.own)}) if options.own else []
    if options.own and not own:
        sys.exit(f"{options.own}: no rule in it has an action that was proven (chosen) and is not held out; there is nothing to train on")
    data.write(os.path.join(options.out, "train.jsonl"), sets["train"] + own)
    data.write(os.path.join(options.out, "held.jsonl"), [r for name in sorted(sets) if name != "train" for r in sets[name]])
    if options.prepare:
        return
    tokenizer = tokenizer_of(options, sets["train"])
    model = Llama(Shape(len(tokenizer.tokens), layers=options.layers)).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK, betas=(0.9, 0.98), weight_decay=0.05)
    checkpoint, step, seconds = os.path.join(options.out, "checkpoint.pt"), 0, 0.0
    begun = {"data": data.digest(os.path.join(options.out, "train.jsonl")), "parent": data.digest(options.parent) if options.parent else None, "seed": options.seed, "size": options.size, "steps": options.steps}
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint, map_location=device)
        if changed := [name for name, value in begun.items() if state.get("begun", {}).get(name) != value]:
            sys.exit(f"{checkpoint} was begun with another {', '.join(changed)}: a model trained on both would have no lineage\n  next: remove {options.out} to begin anew, or move it away to keep it")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, seconds = state["step"], state["seconds"]
        print(f"goes on at step {step}", flush=True)
        torch.manual_seed(options.seed + step)
    elif options.parent:
        begin_with(model, options.parent)
    copying = 0 if options.parent else min(COPYING, options.steps * 3 // 4)
    dealer = data.Dealer(sets["train"], tokenizer, options.seed, LONGEST, own)
    dev = short_dev(dealer, tokenizer) if options.short else dev_examples(sets["dev"], tokenizer)
    print(f"{model.parameter_count()} parameters, {len(tokenizer.tokens)} tokens, {len(sets['train'])} records, {len(dev)} dev examples, {device.type}", flush=True)
    train(options, model, optimizer, dealer, tokenizer, dev, checkpoint, step, seconds, begun, copying, device)


def train(options, model, optimizer, dealer, tokenizer, dev, checkpoint, step, seconds, begun, copying, device):
    began, mean, tokens = time.monotonic() - seconds, None, 0
    log = open(os.path.join(options.out, "log.jsonl"), "a", encoding="utf-8")
    pool_number, pool = -1, None
    while step < options.steps:
        at = step - copying
        if at < 0:
            ids, weights = copying_batch(data.copying(step, options.seed, bpe.EOS + 1, min(COPYING_TOKENS, len(tokenizer.tokens))), device)
        else:
            if at // POOL != pool_number:
                pool_number = at // POOL
                pool = dealer.pool(pool_number, POOL, options.size, "only" if options.short else copying > 0 and at < (options.steps - copying) // 8)
            ids, weights = batch_of(pool[at % POOL], device)
        for group in optimizer.param_groups:
            group["lr"] = rate(step, options.steps, copying)
        loss = loss_of(model, ids, weights, device, COPYING_LAYERS if at < 0 else None)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        tokens += int((ids != bpe.PAD).sum())
        mean = loss.item() if mean is None or step == copying + 1 else 0.98 * mean + 0.02 * loss.item()
        if step % options.every == 0 or step == options.steps:
            seconds = time.monotonic() - began
            save(checkpoint, model, optimizer, step, seconds, begun)
            line = {"step": step, "seconds": round(seconds), "loss": round(mean, 4), "tokens": tokens}
            if dev and step > copying and (step % (5 * options.every) == 0 or step == options.steps):
                line["dev"] = exact(model, tokenizer, dev, device)
            print(json.dumps(line), flush=True)
            log.write(json.dumps(line) + "\n")
            log.flush()
    if options.short and (right := exact(model, tokenizer, dev, device)["copied"]) < SHORT_RIGHT:
        sys.exit(f"{right:.0%} of the names never seen were copied after {step} steps; {SHORT_RIGHT:.0%} are wanted")
    gguf.write(os.path.join(options.out, f"{options.name}.gguf"), model, tokenizer, options.name)
    recipe = {**begun, "seconds": round(seconds), "device": device.type, "threads": options.threads, "parameters": model.parameter_count(),
              "rules": len({r["id"] for r in dealer.records}), "own": len(dealer.own), "copying": copying, "examples": (step - copying) * options.size, "command": options.command}
    with open(os.path.join(options.out, "recipe.json"), "w", encoding="utf-8") as file:
        json.dump(recipe, file, indent=1)
    print(json.dumps(recipe), flush=True)


if __name__ == "__main__":
    main()
