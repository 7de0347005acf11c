"""The same training step in eager PyTorch: sparse embeddings under row-wise Adagrad, dense Adam.

It pools in one of two ways. `bags` uses embedding bags over flat ids, about the fastest there is. `padded` looks up padded
ids and takes masked means, as most published recommenders do.

Started by the throughput benchmark. Reads the model's own snapshot files for its starting weights and a file of ids for its
batches, then answers one line on standard output for each line on standard input:

    describe    versions, BLAS and threads
    learn K     losses of K steps
    time K      seconds that K steps took, on the wall and of all processors together
"""

import json
import os
import struct
import sys
import time

import torch
import torch.nn.functional as F

TABLES = ("users", "items", "categories", "user_counts", "item_counts")
RATE, FLOOR, DENSE_RATE, CLIP = 0.2, 1e-3, 2e-3, 5.0


def tensors(path):
    """The float tensors of a safetensors file."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = bytearray(file.read())
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            if end > begin:
                flat = torch.frombuffer(body, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
                found[name] = flat.reshape(entry["shape"]).clone()
    return found


class Batches:
    """Ids as the benchmark wrote them: int32, little-endian, in the order read here."""

    def __init__(self, path, rows, history, style, device):
        pool = bag if style == "bags" else padded
        with open(path, "rb") as file:
            self.numbers = torch.frombuffer(bytearray(file.read()), dtype=torch.int32).long()
        self.at = 0
        items, steps = self.take(2).tolist()
        sizes = self.take(items)
        lists = self.take(int(sizes.sum())).split(sizes.tolist())
        self.batches = []
        for _ in range(steps):
            user, item, user_count, item_count, label = (self.take(rows) for _ in range(5))
            past = self.take(rows * history).reshape(rows, history)
            kinds = [lists[i] for i in item.tolist()]
            past_kinds = [[lists[i] for i in row] for row in past.tolist()]
            self.batches.append(
                {
                    "user": user.to(device),
                    "item": item.to(device),
                    "user_count": user_count.to(device),
                    "item_count": item_count.to(device),
                    "label": label.float().to(device),
                    "past": past.to(device),
                    "kinds": pool([[one] for one in kinds], device),
                    "past_kinds": pool(past_kinds, device),
                }
            )

    def take(self, count):
        self.at += count
        return self.numbers[self.at - count : self.at]


def bag(rows, device):
    """Means of means: for each row a list of lists of ids, as ids, offsets and weights."""
    ids, offsets, weights, length = [], [], [], 0
    for row in rows:
        offsets.append(length)
        ids += row
        length += sum(len(one) for one in row)
        weights += [1.0 / (len(row) * len(one)) for one in row for _ in range(len(one))]
    return torch.cat(ids).to(device), torch.tensor(offsets).to(device), torch.tensor(weights).to(device)


def padded(rows, device):
    """The same as ids (rows, lists, 5) and weights of that shape, zero where there is no id."""
    ids = torch.zeros(len(rows), len(rows[0]), 5, dtype=torch.long)
    weights = torch.zeros(ids.shape)
    for r, row in enumerate(rows):
        for k, one in enumerate(row):
            ids[r, k, : len(one)] = one
            weights[r, k, : len(one)] = 1.0 / len(one)
    return ids.to(device), weights.unsqueeze(-1).to(device)


class Rows:
    """Embedding tables under row-wise Adagrad: one accumulator for a row's factors, one for its linear weight."""

    def __init__(self, start, dimension, device):
        self.dimension = dimension
        self.tables = {name: start[name].to(device).requires_grad_() for name in TABLES}
        self.squares = {name: torch.zeros(len(table), 2, device=device) for name, table in self.tables.items()}

    def step(self, scale):
        d = self.dimension
        with torch.no_grad():
            for name, table in self.tables.items():
                gradient = table.grad.coalesce()
                rows, g = gradient.indices()[0], gradient.values() * scale
                square = self.squares[name]
                factors = square[rows, 0] + g[:, :d].square().mean(1)
                square[rows, 0] = factors
                g[:, :d] *= (RATE / (factors + FLOOR).sqrt()).unsqueeze(1)
                if g.shape[1] > d:
                    linear = square[rows, 1] + g[:, d].square()
                    square[rows, 1] = linear
                    g[:, d] *= RATE / (linear + FLOOR).sqrt()
                table.index_add_(0, rows, g, alpha=-1)
                table.grad = None


class Model:
    def __init__(self, backbone, folder, dimension, style, device):
        self.backbone = backbone
        self.style = style
        self.dimension = dimension
        self.dense = {
            name: one.to(device).requires_grad_()
            for name, one in tensors(os.path.join(folder, "dense.safetensors")).items()
        }
        self.rows = Rows(tensors(os.path.join(folder, "rows.safetensors")), dimension, device)
        self.adam = torch.optim.Adam(list(self.dense.values()), lr=DENSE_RATE)

    def fields(self, batch):
        t = self.rows.tables
        look = lambda name, ids: F.embedding(ids, t[name], sparse=True)
        if self.style == "bags":
            past = F.embedding_bag(batch["past"], t["items"], mode="mean", sparse=True)
            kinds = lambda of: F.embedding_bag(
                of[0], t["categories"], of[1], mode="sum", sparse=True, per_sample_weights=of[2]
            )
        else:
            past = look("items", batch["past"]).mean(1)
            kinds = lambda of: (look("categories", of[0]) * of[1]).sum(2).mean(1)
        return torch.stack(
            [
                look("users", batch["user"]),
                past,
                kinds(batch["past_kinds"]),
                look("user_counts", batch["user_count"]),
                look("items", batch["item"]),
                kinds(batch["kinds"]),
                look("item_counts", batch["item_count"]),
            ],
            1,
        )

    def affine(self, x, name):
        return F.linear(x, self.dense[name + ".weight"], self.dense[name + ".bias"])

    def logits(self, batch):
        fields = self.fields(batch)
        factors = fields[:, :, : self.dimension]
        x0 = factors.reshape(len(fields), -1)
        deep = F.relu(self.affine(F.relu(self.affine(x0, "deep1")), "deep2"))
        if self.backbone == "deepfm":
            pairs = 0.5 * (factors.sum(1).square() - factors.square().sum(1)).sum(1)
            return pairs + fields[:, :, self.dimension].sum(1) + self.affine(deep, "out").squeeze(1)
        cross = x0
        for layer in ("cross1", "cross2"):
            cross = torch.addcmul(cross, x0, self.affine(cross, layer))
        return self.affine(torch.cat([cross, deep], 1), "out").squeeze(1)

    def step(self, batch):
        loss = F.binary_cross_entropy_with_logits(self.logits(batch), batch["label"])
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.dense.values(), CLIP)
        self.adam.step()
        self.rows.step(len(batch["label"]))
        return loss.detach()


def describe(device):
    config = torch.__config__.show()
    blas = next((part.strip() for part in config.split(",") if "BLAS_INFO" in part), "")
    loaded = sorted({line.split("/")[-1].strip() for line in open("/proc/self/maps") if "blas" in line or "mkl" in line})
    return {
        "torch": torch.__version__,
        "blas": blas.split("BLAS_INFO=")[-1],
        "libraries": loaded,
        "threads": torch.get_num_threads(),
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
    }


def main():
    backbone, folder, ids, rows, dimension, history, threads, style, device = sys.argv[1:10]
    torch.set_num_threads(int(threads))
    device = torch.device(device.replace("gpu", "cuda"))
    batches = Batches(ids, int(rows), int(history), style, device).batches
    model = Model(backbone, folder, int(dimension), style, device)
    at = 0
    for line in sys.stdin:
        command, count = (line.split() + ["0"])[:2]
        losses = []
        begin, processor = time.perf_counter(), time.process_time()
        for _ in range(int(count)):
            losses.append(model.step(batches[at % len(batches)]))
            at += 1
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        took = [time.perf_counter() - begin, time.process_time() - processor]
        answer = {
            "describe": lambda: describe(device),
            "learn": lambda: [float(loss) for loss in losses],
            "time": lambda: took,
        }[command]()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
