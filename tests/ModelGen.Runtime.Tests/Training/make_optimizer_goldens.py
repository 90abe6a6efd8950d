#!/usr/bin/env python3
"""Writes optimizers.json: parameters after each step of PyTorch's optimizers, for gradients that are exact in binary.

Parameter i starts at (i - 2) / 4; its gradient in step t (from 0) is ((7 t + 3 i) mod 11 - 5) / 8.
"""
import json
import pathlib

import torch

COUNT, STEPS = 5, 8


def run(make, clip=None):
    p = torch.nn.Parameter(torch.tensor([(i - 2) / 4 for i in range(COUNT)]))
    optimizer = make([p])
    steps = []
    for t in range(STEPS):
        p.grad = torch.tensor([((7 * t + 3 * i) % 11 - 5) / 8 for i in range(COUNT)])
        if clip:
            clip(p)
        optimizer.step()
        steps.append(p.detach().tolist())
    return steps


CASES = {
    "sgd": run(lambda p: torch.optim.SGD(p, lr=0.1)),
    "sgd-decay": run(lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.1)),
    "sgd-momentum": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1)),
    "sgd-nesterov": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
    "adam": run(lambda p: torch.optim.Adam(p, lr=0.01)),
    "adam-decay": run(lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    "adamw": run(lambda p: torch.optim.AdamW(p, lr=0.01)),
    "adamw-decay": run(lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.5)),
    "sgd-clip-norm": run(lambda p: torch.optim.SGD(p, lr=0.1), lambda p: torch.nn.utils.clip_grad_norm_([p], 0.5)),
    "sgd-clip-value": run(lambda p: torch.optim.SGD(p, lr=0.1), lambda p: torch.nn.utils.clip_grad_value_([p], 0.25)),
}

path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text("{\n" + ",\n".join(f'  "{name}": {json.dumps(steps)}' for name, steps in CASES.items()) + "\n}\n")
