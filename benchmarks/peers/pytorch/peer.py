"""PyTorch's times for what ModelGen.Benchmarks measures of ours: see its command "gpu".

    python3 peer.py cpu | cuda | cuda:1 …

Says its version; then reads lines "WORK SIZE" and answers each with the seconds that the work takes once, the mean of a round.
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional

SECONDS_PER_ROUND = 0.1
ROW = 1024

device = torch.device(sys.argv[1])
on_cuda = device.type == "cuda"


def on_host(tensor):
    return tensor.pin_memory() if on_cuda else tensor


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3, fused=on_cuda)


def mlp(batch):
    """A training step of the MLP 784-128-10, its batch coming from the host."""
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).to(device)
    optimizer = adam(model.parameters())
    pixels, kinds = on_host(torch.rand(batch, 784)), on_host(torch.randint(10, (batch,)))

    def step():
        x, target = pixels.to(device, non_blocking=True), kinds.to(device, non_blocking=True)
        optimizer.zero_grad()
        functional.cross_entropy(model(x), target).backward()
        optimizer.step()

    return step


def update(count):
    """An update of parameters that have gradients."""
    parameter = nn.Parameter(torch.rand(count, device=device))
    parameter.grad = torch.rand(count, device=device)
    return adam([parameter]).step


def rows(function):
    def of(count):
        x = torch.rand(count // ROW, ROW, device=device)

        def run():
            with torch.no_grad():
                function(x)

        return run

    return of


WORKS = {
    "mlp": mlp,
    "adam": update,
    "gelu": rows(functional.gelu),
    "softmax": rows(lambda x: functional.softmax(x, dim=1)),
    "layernorm": rows(lambda x: functional.layer_norm(x, (ROW,))),
}


def seconds(work, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    if on_cuda:
        torch.cuda.synchronize(device)
    return (time.perf_counter() - start) / repeats


torch.manual_seed(1)
torch.zeros(1, device=device)
print(f"PyTorch {torch.__version__} on {torch.cuda.get_device_name(device) if on_cuda else 'the processor'}", flush=True)
known = {}
for line in sys.stdin:
    if line not in known:
        name, size = line.split()
        work = WORKS[name](int(size))
        seconds(work, 3)
        known[line] = work, max(1, int(SECONDS_PER_ROUND / seconds(work, 3)))
    print(seconds(*known[line]), flush=True)
