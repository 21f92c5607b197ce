"""A small llama: what llama.cpp computes for general.architecture = llama, in PyTorch."""
import math

import torch
from torch import nn
from torch.nn import functional as F


class Shape:
    """Sizes. Heads of 64: smaller ones halve llama.cpp's speed (measured)."""

    def __init__(self, vocabulary, width=256, layers=6, heads=4, inner=704, context=1024, base=10000.0, epsilon=1e-5):
        self.vocabulary, self.width, self.layers, self.heads = vocabulary, width, layers, heads
        self.inner, self.context, self.base, self.epsilon = inner, context, base, epsilon


class Norm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = Norm(shape.width, shape.epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.inner_norm = Norm(shape.width, shape.epsilon)
        self.gate_up = nn.Linear(shape.width, 2 * shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x, turn, mask, cache=None):
        batch, length, width = x.shape
        q, k, v = self.qkv(self.attention_norm(x)).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, turn), rotate(k, turn)
        if cache is not None:
            # What was read before: of this layer, its keys and values.
            if self in cache:
                k, v = torch.cat((cache[self][0], k), 2), torch.cat((cache[self][1], v), 2)
            cache[self] = k, v
        scores = (q / math.sqrt(width // self.heads)) @ k.transpose(-1, -2) + mask.to(q.dtype)
        seen = (torch.softmax(scores, -1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = x + self.out(seen)
        gate, up = self.gate_up(self.inner_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


def rotate(x, turn):
    """Rotary positions over neighbouring pairs, as llama.cpp has them for this architecture."""
    cos, sin = (t.to(x.dtype) for t in turn)
    a, b = x.reshape(*x.shape[:-1], -1, 2).unbind(-1)
    return torch.stack((a * cos - b * sin, a * sin + b * cos), -1).flatten(-2)


class Llama(nn.Module):
    """Tokens in, logits out; the table of tokens serves at both ends."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.table = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.epsilon)
        half = shape.width // shape.heads // 2
        turns = torch.arange(shape.context).float()[:, None] * shape.base ** (-torch.arange(half).float() / half)
        self.register_buffer("cos", turns.cos(), persistent=False)
        self.register_buffer("sin", turns.sin(), persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() > 1:
                nn.init.normal_(weight, std=0.02 / (math.sqrt(2 * shape.layers) if name.endswith(("out.weight", "down.weight")) else 1))

    def forward(self, ids, start=0, cache=None, layers=None):
        """Hidden states of some tokens; with a cache, of tokens that begin at a position, after those in the cache; by the first few layers alone if so many are named."""
        length = ids.shape[1]
        mask = torch.full((length, start + length), float("-inf"), device=ids.device).triu(1 + start)
        turn = self.cos[start:start + length], self.sin[start:start + length]
        x = self.table(ids)
        for layer in self.layers[:layers]:
            x = layer(x, turn, mask, cache)
        return self.norm(x)

    def logits(self, hidden):
        """Logits of chosen positions only: most of a batch needs none."""
        return F.linear(hidden, self.table.weight)

    def parameter_count(self):
        return sum(p.numel() for p in self.parameters())
