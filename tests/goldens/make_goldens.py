#!/usr/bin/env python3
"""Makes the golden files beside this script with PyTorch. Run it through eng/make-goldens.

    ops.safetensors    inputs, results and gradients of every row of cases.json
    mlp.safetensors    initial weights of a 784-128-10 network
    mlp-losses.json    its first 20 training losses with each of the optimizers
    text-losses.json   the first 20 training losses of samples/TextGenerator's network on the first sentences of its text, from the
                       weights that PyTorch draws with the seed given there, and the first and last of each of its weights

A row of cases.json, the table that the C# tests read too:

    name        unique; the prefix of the row's tensors
    op          what the row tests
    words       the expression in C#, over the names of the inputs; or
    layer       the attribute of a layer that is applied to the first input; with both, words call it as `Layer`, which is declared as `declares`
    torch       the same in PyTorch
    inputs      name → {shape, low, high}: uniform float32; with "type": "int" whole numbers from low to high, both included;
                or {shape, values}, also with "type": "int", where "NaN", "Infinity" and "-Infinity" are strings; "gradient": false excludes one input
    parameters  name → shape, for layers: uniform between -0.5 and 0.5
    gradient    false for rows that test values only

Values come from a generator seeded with the row's name, so a new row changes no other. Results are computed in float64 from
the float32 inputs and rounded once: PyTorch's float32 kernels differ between machines (its Gelu of infinity is NaN with oneDNN).
The training losses too; the script prints how far PyTorch's own float32 run is from them. Gradients are those of sum(y · dy) with
a random dy. Tensors of a row: `name/a`, `name/weight`, …, `name/y`, `name/dy`, `name/da`, `name/dweight`, …
"""

import gzip
import json
import math
import pathlib
import re
import struct
import zlib
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

from papers import Lamb, Lion

HERE = pathlib.Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "samples" / "Quickstart" / "data"
NOVELS = HERE.parents[1] / "samples" / "TextGenerator" / "data" / "austen.txt.gz"
DTYPES = {np.dtype(np.float32): "F32", np.dtype(np.int32): "I32"}


def write_safetensors(path, tensors):
    """Eight bytes of header length, little-endian; the header, JSON padded with blanks to a multiple of eight; the data."""
    header, data, end = {}, [], 0
    for name, tensor in tensors.items():
        start, end = end, end + tensor.nbytes
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [start, end]}
        data.append(tensor.astype(tensor.dtype.newbyteorder("<")).tobytes())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))


# Operations ----------------------------------------------------------------------------------------------------------


def draw(generator, spec):
    """The values of one input, as float32 or int32."""
    if "values" in spec and spec.get("type") == "int":
        return np.array(spec["values"], np.int32).reshape(spec["shape"])
    if "values" in spec:
        kind = np.int32 if spec.get("type") == "int" else np.float32
        values = np.array([float(value) for value in spec["values"]], kind)
        assert values.size == math.prod(spec["shape"]), spec
        return values.reshape(spec["shape"])
    if spec.get("type") == "int":
        return generator.integers(spec["low"], spec["high"], spec["shape"], dtype=np.int32, endpoint=True)
    return generator.uniform(spec["low"], spec["high"], spec["shape"]).astype(np.float32)


def to_torch(value, dtype=torch.float64):
    return torch.tensor(value, dtype=torch.int64 if value.dtype == np.int32 else dtype)


def to_result(tensor):
    if not tensor.is_floating_point():
        return tensor.numpy().astype(np.int32)
    with np.errstate(over="ignore"):
        return tensor.detach().numpy().astype(np.float32)


def evaluate(row):
    """The row's tensors by their names within the row."""
    generator = np.random.default_rng(zlib.crc32(row["name"].encode()))
    specs = dict(row["inputs"])
    for name, shape in row.get("parameters", {}).items():
        specs[name] = {"shape": shape, "low": -0.5, "high": 0.5}
    tensors = {name: draw(generator, spec) for name, spec in specs.items()}

    operands = {name: to_torch(value) for name, value in tensors.items()}
    wanted = [name for name, spec in specs.items()
              if row.get("gradient", True) and spec.get("gradient", True) and operands[name].is_floating_point()]
    for name in wanted:
        operands[name].requires_grad_()
    y = eval(row["torch"], {"torch": torch, "F": F, "packed": packed, **operands})
    tensors["y"] = to_result(y)
    if wanted:
        tensors["dy"] = generator.uniform(-1, 1, y.shape).astype(np.float32)
        gradients = torch.autograd.grad(y, [operands[name] for name in wanted], to_torch(tensors["dy"]))
        tensors |= {f"d{name}": to_result(gradient) for name, gradient in zip(wanted, gradients)}
    return tensors


def packed(run, a, lengths, states, weights, layers=1, bidirectional=False):
    """What a recurrent layer gives for sequences of some lengths, the longest first: outputs padded with zeros, and the last states."""
    sequences = torch.nn.utils.rnn.pack_padded_sequence(a, lengths, batch_first=True)
    output, *last = run(sequences.data, sequences.batch_sizes, states, weights, True, layers, 0.0, False, bidirectional)
    output = torch.nn.utils.rnn.PackedSequence(output, sequences.batch_sizes)
    return torch.nn.utils.rnn.pad_packed_sequence(output, batch_first=True, total_length=a.shape[1])[0], *last


def make_operations():
    rows = json.loads((HERE / "cases.json").read_text())
    names = [row["name"] for row in rows]
    assert len(set(names)) == len(names), "names must be unique"
    tensors = {}
    for row in rows:
        try:
            tensors |= {f"{row['name']}/{name}": np.asarray(value) for name, value in evaluate(row).items()}
        except Exception as error:
            raise ValueError(f"row {row['name']}: {error}") from error
    write_safetensors(HERE / "ops.safetensors", tensors)
    print(f"ops.safetensors: {len(rows)} rows, {len(tensors)} tensors")


# Training ------------------------------------------------------------------------------------------------------------

STEPS, BATCH = 20, 64

OPTIMIZERS = {
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-3),
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9, weight_decay=1e-4),
    "adamw": lambda parameters: torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01),
    "rmsprop": lambda parameters: torch.optim.RMSprop(parameters, lr=1e-3, momentum=0.5, centered=True, weight_decay=1e-3),
    "adagrad": lambda parameters: torch.optim.Adagrad(parameters, lr=1e-2, lr_decay=0.01, weight_decay=1e-3),
    "lion": lambda parameters: Lion(parameters, lr=1e-4, weight_decay=0.1),
    "lamb": lambda parameters: Lamb(parameters, lr=1e-2, weight_decay=0.01),
}
CLIP = {"adamw": 0.5}  # the global norm


def read_idx(name):
    idx = gzip.decompress((PICTURES / name).read_bytes())
    dimensions = idx[3]
    shape = struct.unpack_from(f">{dimensions}I", idx, 4)
    return np.frombuffer(idx, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def initial_weights():
    torch.manual_seed(20)
    layers = {"Dense1": torch.nn.Linear(784, 128), "Dense2": torch.nn.Linear(128, 10)}
    return {f"{layer}.{name}": value.detach().numpy()
            for layer, module in layers.items() for name, value in module.named_parameters()}


def train(weights, optimizer, clip, dtype):
    """The loss of every step, before its update."""
    pictures = to_torch(read_idx("train-images-idx3-ubyte.gz")[:STEPS * BATCH].reshape(-1, 784) / np.float32(255), dtype)
    labels = torch.tensor(read_idx("train-labels-idx1-ubyte.gz")[:STEPS * BATCH], dtype=torch.int64)
    weight1, bias1, weight2, bias2 = parameters = [to_torch(value, dtype).requires_grad_() for value in weights.values()]
    optimizer = optimizer(parameters)
    losses = []
    for x, target in zip(pictures.split(BATCH), labels.split(BATCH)):
        hidden = F.relu(F.linear(x, weight1, bias1))
        loss = F.cross_entropy(F.linear(hidden, weight2, bias2), target)
        optimizer.zero_grad()
        loss.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(parameters, clip)
        optimizer.step()
        losses.append(loss.item())
    return losses


def make_training():
    weights = initial_weights()
    write_safetensors(HERE / "mlp.safetensors", weights)
    losses = {}
    for name, optimizer in OPTIMIZERS.items():
        losses[name], single = (train(weights, optimizer, CLIP.get(name), dtype) for dtype in (torch.float64, torch.float32))
        print(f"mlp-losses.json: {name}, float32 within {np.abs(np.subtract(losses[name], single)).max():.1e} of float64")
    lines = [f'  "{name}": [{", ".join(f"{loss:.7f}" for loss in values)}]' for name, values in losses.items()]
    (HERE / "mlp-losses.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


# Text ----------------------------------------------------------------------------------------------------------------

WORDS, WIDTH, HIDDEN = 10_000, 256, 128
SEQUENCES, TIME = 32, 100
SEED = 20


class TextGenerator(torch.nn.Module):
    """The network of samples/TextGenerator."""

    def __init__(self):
        super().__init__()
        self.Embed = torch.nn.Embedding(WORDS, WIDTH)
        self.Read = torch.nn.LSTM(WIDTH, HIDDEN, batch_first=True)
        self.Next = torch.nn.Linear(HIDDEN, WORDS)

    def draw(self):
        """The initial weights, from the seed on: PyTorch's own, but for the table, which is uniform within 0.05."""
        torch.manual_seed(SEED)
        torch.nn.init.uniform_(self.Embed.weight, -0.05, 0.05)
        self.Read.reset_parameters()
        self.Next.reset_parameters()

    def forward(self, words):
        return self.Next(self.Read(self.Embed(words))[0])


def read_words():
    """The text as numbers: the most frequent words have their own, from 1 on, all others share 0."""
    text = gzip.decompress(NOVELS.read_bytes()).decode().lower()
    words = [match.group() for match in re.finditer(r"""[a-z]+('[a-z]+)?|[.,;:!?"()-]""", text)]
    ids = {word: id for id, (word, _) in enumerate(Counter(words).most_common(WORDS - 1), 1)}
    return torch.tensor([ids.get(word, 0) for word in words])


def train_text(words, dtype):
    """The model as it was before training, and the loss of every step, before its update."""
    model = TextGenerator()
    model.draw()
    weights = {name: value.detach().numpy().ravel().copy() for name, value in model.named_parameters()}
    model.to(dtype)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = []
    for step in range(STEPS):
        first = step * SEQUENCES * TIME
        batch = words[first:first + SEQUENCES * TIME + 1]
        scores = model(batch[:-1].reshape(SEQUENCES, TIME))
        loss = F.cross_entropy(scores.flatten(0, 1), batch[1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return weights, losses


def make_text():
    words = read_words()
    weights, losses = train_text(words, torch.float64)
    _, single = train_text(words, torch.float32)
    print(f"text-losses.json: {len(words)} words, float32 within {np.abs(np.subtract(losses, single)).max():.1e} of float64")
    ends = ",\n".join(f'    "{name}": [{values[0]}, {values[-1]}]' for name, values in weights.items())
    text = ", ".join(f"{loss:.7f}" for loss in losses)
    (HERE / "text-losses.json").write_text(f'{{\n  "seed": {SEED},\n  "weights": {{\n{ends}\n  }},\n  "losses": [{text}]\n}}\n')


if __name__ == "__main__":
    torch.set_num_threads(1)
    make_operations()
    make_training()
    make_text()
