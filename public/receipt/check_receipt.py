"""Computes one step of gradient descent anew, and compares every number with a receipt.

    python3 check_receipt.py receipt.json
"""

import json
import sys

import numpy as np

with open(sys.argv[1], encoding="utf-8") as file:
    receipt = json.load(file)
layers = receipt["layers"]
failures = 0


def compare(name, layer, ours, key):
    """Says so where a quantity of a layer is not what it ought to be."""
    global failures
    theirs = np.array(layers[layer][key], dtype=np.float64)
    if theirs.shape != ours.shape or not np.all(np.abs(theirs - ours) <= 1e-6):
        failures += 1
        print(f"NOT EQUAL: {name} of layer {layer + 1}")


# Forward: z = W a + b, a = ReLU(z), and softmax at the end.
a = [np.array(receipt["x"])]
z = []
for n, layer in enumerate(layers):
    z.append(np.array(layer["W"]) @ a[n] + np.array(layer["b"]))
    if layer["activation"] == "softmax":
        e = np.exp(z[n] - z[n].max())
        a.append(e / e.sum())
    else:
        a.append(np.maximum(z[n], 0))
    compare("z", n, z[n], "z")
    compare("a", n, a[n + 1], "a")

# Backward: delta = p - y, then W^T delta through the ReLU's gate, layer by layer.
y = np.eye(len(a[-1]))[receipt["label"]]
delta = a[-1] - y
for n in reversed(range(len(layers))):
    W, b = np.array(layers[n]["W"]), np.array(layers[n]["b"])
    dW, db = np.outer(delta, a[n]), delta
    compare("delta", n, delta, "delta")
    compare("dW", n, dW, "dW")
    compare("db", n, db, "db")
    # The update: against the gradient.
    compare("W after the step", n, W - receipt["learning_rate"] * dW, "W_after")
    compare("b after the step", n, b - receipt["learning_rate"] * db, "b_after")
    if n > 0:
        delta = (W.T @ delta) * (z[n - 1] > 0)

if abs(-np.log(a[-1][receipt["label"]]) - receipt["loss"]) > 1e-6:
    failures += 1
    print("NOT EQUAL: the loss")

if failures:
    sys.exit(f"{failures} of the quantities are not equal.")
numbers = sum(len(np.ravel(value)) for layer in layers for key, value in layer.items() if key != "activation")
print(f"Equal to 1e-6: all {numbers:,} numbers.")
