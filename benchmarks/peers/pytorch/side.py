"""PyTorch's side of ModelGen.Benchmarks' command "compare": SideProgram.cs says what a side is asked and what it answers.

    python3 side.py eager | compiled

Compiled, the model and its loss go through torch.compile, which needs a C++ compiler and Python's headers.
"""
import os
import sys
import time

# The products' kernels are those for the processor that is there, whatever a machine's settings prefer. Compiling is done before anything is timed, by no processes besides.
os.environ.pop("OPENBLAS_CORETYPE", None)
os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"

import numpy
import torch
from torch import nn
from torch.nn import functional

RESULT_STEPS = 20
WORDS, WIDTH, HIDDEN, TIME = 10_000, 256, 128, 100

compiled = {"eager": False, "compiled": True}[sys.argv[1]]


# The numbers that all sides work on: see Inputs.cs --------------------------------------------------------------------


def hashes(count, seed):
    with numpy.errstate(over="ignore"):
        z = (numpy.uint64(seed << 32) | numpy.arange(count, dtype=numpy.uint64)) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return z ^ (z >> numpy.uint64(31))


def uniform(count, seed, scale):
    parts = (hashes(count, seed) >> numpy.uint64(40)).astype(numpy.float32)
    return numpy.float32(scale) * (parts * numpy.float32(2 / (1 << 24)) - numpy.float32(1))


def classes(count, seed, number):
    return torch.from_numpy((hashes(count, seed) % numpy.uint64(number)).astype(numpy.int64))


def fill(module):
    width = 1
    with torch.no_grad():
        for seed, parameter in enumerate(module.parameters(), 10):
            width = parameter.shape[1] if parameter.dim() == 2 else width
            values = uniform(parameter.numel(), seed, 1 / numpy.sqrt(numpy.float32(width)))
            parameter.copy_(torch.from_numpy(values).reshape(parameter.shape))


# Works ----------------------------------------------------------------------------------------------------------------


class TextGenerator(nn.Module):
    """The network of samples/TextGenerator."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(WORDS, WIDTH)
        self.read = nn.LSTM(WIDTH, HIDDEN, batch_first=True)
        self.next = nn.Linear(HIDDEN, WORDS)

    def forward(self, words):
        return self.next(self.read(self.embed(words))[0]).flatten(0, 1)


def text_step(batch):
    """A training step with Adam, which gives its loss."""
    model = TextGenerator()
    fill(model)
    words = classes(batch * TIME, 1, WORDS).reshape(batch, TIME)
    following = classes(batch * TIME, 2, WORDS)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def loss_of(words, following):
        return functional.cross_entropy(model(words), following)

    if compiled:
        loss_of = torch.compile(loss_of)

    def step():
        optimizer.zero_grad()
        loss = loss_of(words, following)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def open_work(threads, words):
    """A work's run, or None where there is none of that name. The number of threads is compiled in."""
    torch.set_num_threads(threads)
    torch.compiler.reset()
    return text_step(int(words[2])) if words[:2] == ["step", "lstm"] else None


# Questions and answers ------------------------------------------------------------------------------------------------


def seconds(run, count):
    start = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - start) / count


def main():
    # Where compiling fails, there is no greeting.
    if compiled:
        torch.compile(torch.tanh)(torch.ones(64))
    print(f"side: PyTorch {torch.__version__}, {sys.argv[1]}", flush=True)
    run = None
    for line in sys.stdin:
        question, *words = line.split()
        if question == "open":
            run = open_work(int(words[0]), words[1:])
            answer = "none" if run is None else "ready"
        elif question == "result":
            answer = " ".join(repr(run()) for _ in range(RESULT_STEPS))
        elif question == "run":
            answer = repr(seconds(run, int(words[0])))
        else:
            raise ValueError(f"{line!r} is not understood.")
        print(answer, flush=True)


main()
