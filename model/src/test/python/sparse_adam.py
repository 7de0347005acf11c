"""What PyTorch's own SparseAdam does to a small table: writes src/test/resources/sparse-adam.csv.

Lines: "g", step, row, gradient numbers (a row may come twice in a step), then, after each step, "w", step, row, its numbers.
Run from the module's folder: python3 src/test/python/sparse_adam.py
"""

import csv
import random

import torch

ROWS, WIDTH, STEPS, RATE = 5, 3, 14, 0.05


def main():
    random.seed(7)
    table = torch.nn.Parameter(torch.zeros(ROWS, WIDTH))
    optimizer = torch.optim.SparseAdam([table], lr=RATE)
    with open("src/test/resources/sparse-adam.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for step in range(1, STEPS + 1):
            rows = [random.randrange(ROWS - 1) for _ in range(3)]
            if step == STEPS:
                rows.append(ROWS - 1)  # one row is touched for the first time late
            gradients = [[round(random.gauss(0, 1), 3) for _ in range(WIDTH)] for _ in rows]
            for row, gradient in zip(rows, gradients):
                out.writerow(["g", step, row] + gradient)
            table.grad = torch.sparse_coo_tensor([rows], gradients, (ROWS, WIDTH))
            optimizer.step()
            for row in range(ROWS):
                out.writerow(["w", step, row] + [repr(float(x)) for x in table[row].detach()])


main()
