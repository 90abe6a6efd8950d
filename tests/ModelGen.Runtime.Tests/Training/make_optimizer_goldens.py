#!/usr/bin/env python3
"""Writes optimizers.json: parameters after each step of PyTorch's optimizers, and of the papers' Lion and Lamb, for gradients that are exact in
binary.

Parameter i starts at (i - 2) / 4; its gradient in step t (from 0) is ((7 t + 3 i) mod 11 - 5) / 8. The five lie in tensors of three, one and one.
"""
import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "goldens"))
from papers import Lamb, Lion

LENGTHS, STEPS = (3, 1, 1), 20


def split(values):
    return torch.tensor(values, dtype=torch.float64).split(LENGTHS)


def run(make, clip=None):
    parameters = [torch.nn.Parameter(part.clone()) for part in split([(i - 2) / 4 for i in range(sum(LENGTHS))])]
    optimizer = make(parameters)
    steps = []
    for t in range(STEPS):
        for p, gradient in zip(parameters, split([((7 * t + 3 * i) % 11 - 5) / 8 for i in range(sum(LENGTHS))])):
            p.grad = gradient.clone()
        if clip:
            clip(parameters)
        optimizer.step()
        steps.append([round(value, 9) for p in parameters for value in p.tolist()])
    return steps


def grouped(parameters):
    """The first tensor with ten times the rate, the last without decay, the one between as the optimizer says."""
    first, second, third = parameters
    return [{"params": [first], "lr": 0.1}, {"params": [second]}, {"params": [third], "weight_decay": 0.0}]


CASES = {
    "sgd": run(lambda p: torch.optim.SGD(p, lr=0.1)),
    "sgd-decay": run(lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.1)),
    "sgd-momentum": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1)),
    "sgd-nesterov": run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
    "adam": run(lambda p: torch.optim.Adam(p, lr=0.01)),
    "adam-decay": run(lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    "adamw": run(lambda p: torch.optim.AdamW(p, lr=0.01)),
    "adamw-decay": run(lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.5)),
    "rmsprop": run(lambda p: torch.optim.RMSprop(p, lr=0.01)),
    "rmsprop-decay": run(lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-3, weight_decay=0.1)),
    "rmsprop-momentum": run(lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.9, weight_decay=0.1)),
    "rmsprop-centered": run(lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, centered=True)),
    "rmsprop-centered-momentum": run(lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.5, centered=True, weight_decay=0.1)),
    "adagrad": run(lambda p: torch.optim.Adagrad(p, lr=0.1)),
    "adagrad-decay": run(lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.5, eps=1e-3)),
    "lion": run(lambda p: Lion(p, lr=0.01)),
    "lion-decay": run(lambda p: Lion(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.5)),
    "lamb": run(lambda p: Lamb(p, lr=0.01)),
    "lamb-decay": run(lambda p: Lamb(p, lr=0.01, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.5)),
    "lamb-limited": run(lambda p: Lamb(p, lr=0.01, max_ratio=0.25)),
    "sgd-clip-norm": run(lambda p: torch.optim.SGD(p, lr=0.1), lambda p: torch.nn.utils.clip_grad_norm_(p, 0.5)),
    "sgd-clip-value": run(lambda p: torch.optim.SGD(p, lr=0.1), lambda p: torch.nn.utils.clip_grad_value_(p, 0.25)),
    "lamb-clip-norm": run(lambda p: Lamb(p, lr=0.01), lambda p: torch.nn.utils.clip_grad_norm_(p, 0.5)),
    "sgd-groups": run(lambda p: torch.optim.SGD(grouped(p), lr=0.01, momentum=0.9, weight_decay=0.5)),
    "adam-groups": run(lambda p: torch.optim.Adam(grouped(p), lr=0.01, weight_decay=0.5)),
    "adamw-groups": run(lambda p: torch.optim.AdamW(grouped(p), lr=0.01, weight_decay=0.5)),
    "rmsprop-groups": run(lambda p: torch.optim.RMSprop(grouped(p), lr=0.01, momentum=0.5, weight_decay=0.5)),
    "adagrad-groups": run(lambda p: torch.optim.Adagrad(grouped(p), lr=0.01, weight_decay=0.5)),
    "lion-groups": run(lambda p: Lion(grouped(p), lr=0.01, weight_decay=0.5)),
    "lamb-groups": run(lambda p: Lamb(grouped(p), lr=0.01, weight_decay=0.5)),
}

path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text("{\n" + ",\n".join(f'  "{name}": {json.dumps(steps)}' for name, steps in CASES.items()) + "\n}\n")
