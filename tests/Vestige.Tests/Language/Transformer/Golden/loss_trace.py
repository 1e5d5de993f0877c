#!/usr/bin/env python3
"""Loss traces of small Transformers, trained by PyTorch in double precision: the judge of LossTraceTests.

usage: loss_trace.py > loss_trace.json      (Debian: apt install python3-torch; run with /usr/bin/python3)

Weights and text come from a linear congruential generator, so that both sides make them from integers. Names and shapes of
tensors, and their order, are those of the product's parameter table.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
STEPS, BATCH, CONTEXT = 12, 3, 24
SETTINGS = {
    "plain": dict(layers=2, width=32, heads=2, norm="layer", positions="learned", activation="gelu", bias=True, tied=True,
                  qk_norm=False, ngram=0, ngram_rows=0, optimizer="adamW", lr=0.01, decay=0.1, clip=1.0),
    "modern": dict(layers=2, width=32, heads=2, norm="rms", positions="rotary", activation="relu2", bias=False, tied=True,
                   qk_norm=False, ngram=0, ngram_rows=0, optimizer="muon", lr=0.01, decay=0.1, clip=1.0),
    "all": dict(layers=1, width=48, heads=3, norm="rms", positions="rotary", activation="swiGlu", bias=False, tied=False,
                qk_norm=True, ngram=4, ngram_rows=19, optimizer="muon", lr=0.005, decay=1.0, clip=0.5),
}


class Lcg:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        """24 random bits."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return self.state >> 40


def table(s):
    """(name, shape) of all tensors, in order."""
    C, gates = s["width"], 2 if s["activation"] == "swiGlu" else 1
    hidden = (8 * C // 3 + 15) // 16 * 16 if gates == 2 else 4 * C
    norm = lambda at: [(at + ".gain", (C,))] + [(at + ".bias", (C,))] * s["bias"]
    linear = lambda at, o, i: [(at + ".weight", (o, i))] + [(at + ".bias", (o,))] * s["bias"]
    tensors = [("embedding", (257, C))]
    if s["positions"] == "learned":
        tensors += [("positions", (CONTEXT, C))]
    tensors += [(f"ngram.{n}", (s["ngram_rows"], C)) for n in range(2, s["ngram"] + 1)]
    for l in range(s["layers"]):
        at = f"block.{l}."
        tensors += norm(at + "attention.norm") + linear(at + "attention.qkv", 3 * C, C)
        tensors += [(at + "attention.temperature", (s["heads"],))] * s["qk_norm"]
        tensors += linear(at + "attention.projection", C, C) + norm(at + "feed.norm")
        tensors += linear(at + "feed.up", gates * hidden, C) + linear(at + "feed.down", C, hidden)
    return tensors + norm("norm") + [("head", (256, C))] * (not s["tied"])


def weights(s):
    lcg, w = Lcg(1), {}
    for name, shape in table(s):
        values = [0.2 * (lcg.next() / 2**24 - 0.5) + name.endswith("gain") for _ in range(math.prod(shape))]
        w[name] = torch.tensor(values, dtype=torch.float32).double().reshape(shape).requires_grad_()
    return w


def ngram_row(window, t, n, rows):
    mask, golden = 2**64 - 1, 0x9E3779B97F4A7C15
    h = n
    for i in range(t - n + 1, t + 1):
        h = ((h ^ (256 if i < 0 else window[i])) * golden) & mask
        h ^= h >> 32
    return (h * golden & mask) * rows >> 64


def forward(s, w, symbols):
    C, H = s["width"], s["heads"]
    D = C // H
    B, T = len(symbols), CONTEXT

    def norm(at, x):
        if s["norm"] == "layer":
            return F.layer_norm(x, (C,), w[at + ".gain"], w.get(at + ".bias"))
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * w[at + ".gain"]

    def linear(at, x):
        return F.linear(x, w[at + ".weight"], w.get(at + ".bias"))

    def turn(x):
        if s["positions"] != "rotary":
            return x
        angle = torch.arange(T)[:, None] * 10000.0 ** (-2 * torch.arange(D // 2) / D)
        a, b = x[..., : D // 2], x[..., D // 2 :]
        return torch.cat([a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin()], -1)

    x = F.embedding(torch.tensor(symbols), w["embedding"])
    if s["positions"] == "learned":
        x = x + w["positions"]
    for n in range(2, s["ngram"] + 1):
        x = x + F.embedding(torch.tensor([[ngram_row(b, t, n, s["ngram_rows"]) for t in range(T)] for b in symbols]), w[f"ngram.{n}"])
    mask = torch.triu(torch.full((T, T), -math.inf), 1)
    for l in range(s["layers"]):
        at = f"block.{l}."
        q, k, v = [z.view(B, T, H, D).transpose(1, 2) for z in linear(at + "attention.qkv", norm(at + "attention.norm", x)).split(C, 2)]
        scale = 1 / math.sqrt(D)
        if s["qk_norm"]:
            q, k = [z * torch.rsqrt(z.pow(2).mean(-1, keepdim=True) + 1e-5) for z in (q, k)]
            scale = scale * w[at + "attention.temperature"].exp().view(1, H, 1, 1)
        p = F.softmax(turn(q) @ turn(k).transpose(2, 3) * scale + mask, -1)
        x = x + linear(at + "attention.projection", (p @ v).transpose(1, 2).reshape(B, T, C))
        u = linear(at + "feed.up", norm(at + "feed.norm", x))
        if s["activation"] == "gelu":
            a = F.gelu(u, approximate="tanh")
        elif s["activation"] == "relu2":
            a = F.relu(u).square()
        else:
            gate, value = u.chunk(2, -1)
            a = F.silu(gate) * value
        x = x + linear(at + "feed.down", a)
    head = w["embedding"][:256] if s["tied"] else w["head"]
    return norm("norm", x) @ head.T


def orthogonal(m):
    x = m / (m.norm() + 1e-7)
    if m.shape[0] > m.shape[1]:
        x = x.T
    for _ in range(5):
        g = x @ x.T
        x = 3.4445 * x + (-4.7750 * g + 2.0315 * g @ g) @ x
    return x.T if m.shape[0] > m.shape[1] else x


def trace(s):
    w = weights(s)
    muon = [n for n in w if n.startswith("block") and n.endswith("weight")] if s["optimizer"] == "muon" else []
    momentum = {n: torch.zeros_like(w[n]) for n in muon}
    adam = [n for n in w if n not in muon]
    decays = lambda n: n.endswith("weight") or w[n].dim() > 1
    optimizer = torch.optim.AdamW([dict(params=[w[n] for n in adam if decays(n) == d], weight_decay=s["decay"] * d) for d in (True, False)],
                                  betas=(0.9, 0.95), eps=1e-8)
    lcg, losses = Lcg(2), []
    for step in range(STEPS):
        text = [[97 + lcg.next() * 7 // 2**24 for _ in range(CONTEXT)] for _ in range(BATCH)]
        loss = F.cross_entropy(forward(s, w, [[256] + b[:-1] for b in text]).reshape(-1, 256), torch.tensor(text).reshape(-1))
        losses.append(loss.item())
        for p in w.values():
            p.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(w.values(), s["clip"])
        share = (step + 1) / STEPS
        rate = s["lr"] * min(share / 0.25, 1, 1 - 0.9 * max(0, (share - 0.5) / 0.5))
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        with torch.no_grad():
            for n in muon:
                parts = 3 if n.endswith("qkv.weight") else 2 if n.endswith("up.weight") and s["activation"] == "swiGlu" else 1
                momentum[n].mul_(0.95).add_(w[n].grad)
                update = w[n].grad + 0.95 * momentum[n]
                update = torch.cat([0.2 * math.sqrt(max(m.shape)) * orthogonal(m) for m in update.chunk(parts)])
                w[n].mul_(1 - rate * s["decay"]).sub_(rate * update)
    return losses


print(json.dumps({name: dict(s, losses=trace(s)) for name, s in SETTINGS.items()}, indent=1))
