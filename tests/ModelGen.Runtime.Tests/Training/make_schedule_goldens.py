#!/usr/bin/env python3
"""Writes schedules.json: the learning rates of PyTorch's schedulers, from 0.1, before each of their steps.

Schedulers that look at a value get VALUES, one after each step.
"""
import json
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as lr

NAN = float("nan")
VALUES = [1.0, 0.9, 0.8999, 0.95, 0.91, 0.9, 0.7, 0.69999, 0.8, NAN, 0.75, 0.71, 0.7, 0.69, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7]


def run(make, steps):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    scheduler = make(optimizer)
    rates = []
    for step in range(steps):
        rates.append(round(optimizer.param_groups[0]["lr"], 12))
        if step == steps - 1:
            return rates
        optimizer.step()
        scheduler.step(*([VALUES[step]] if isinstance(scheduler, lr.ReduceLROnPlateau) else []))


def after_warm_up(steps, start, make):
    return lambda o: lr.SequentialLR(o, [lr.LinearLR(o, start_factor=start, total_iters=steps), make(o)], milestones=[steps])


warnings.filterwarnings("ignore")
CASES = {
    "step": run(lambda o: lr.StepLR(o, 3, 0.5), 12),
    "exponential": run(lambda o: lr.ExponentialLR(o, 0.9), 12),
    "cosine": run(lambda o: lr.CosineAnnealingLR(o, 10, eta_min=0.01), 11),
    "cosine-restarts": run(lambda o: lr.CosineAnnealingWarmRestarts(o, 4, eta_min=0.01), 14),
    "cosine-growing-restarts": run(lambda o: lr.CosineAnnealingWarmRestarts(o, 3, T_mult=2), 25),
    "one-cycle": run(lambda o: lr.OneCycleLR(o, max_lr=0.1, total_steps=21), 21),
    "one-cycle-linear": run(lambda o: lr.OneCycleLR(o, max_lr=0.1, total_steps=20, pct_start=0.5, anneal_strategy="linear", div_factor=10, final_div_factor=5), 20),
    "one-cycle-short-rise": run(lambda o: lr.OneCycleLR(o, max_lr=0.1, total_steps=10, pct_start=0.01), 10),
    "one-cycle-all-rise": run(lambda o: lr.OneCycleLR(o, max_lr=0.1, total_steps=10, pct_start=1.0), 10),
    "warm-up": run(lambda o: lr.LinearLR(o), 8),
    "warm-up-cosine": run(after_warm_up(4, 0.25, lambda o: lr.CosineAnnealingLR(o, 8)), 13),
    "warm-up-step": run(after_warm_up(5, 1 / 3, lambda o: lr.StepLR(o, 2, 0.5)), 13),
    "plateau": run(lambda o: lr.ReduceLROnPlateau(o, patience=2), 24),
    "plateau-absolute": run(lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=0.05, threshold_mode="abs", min_lr=0.02), 24),
    "plateau-cooldown": run(lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=0, cooldown=3), 24),
    "plateau-higher": run(lambda o: lr.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=3, threshold=0.01), 24),
}

path = pathlib.Path(__file__).with_name("schedules.json")
path.write_text("{\n" + ",\n".join(f'  "{name}": {json.dumps(rates)}' for name, rates in CASES.items()) + "\n}\n")
