"""The same training in NumPy, in a process of its own: prints the milliseconds of its epochs as JSON.

Arguments: folder of the four IDX files; {layers, batchSize, learningRate, l2, optimizer, columns, epochs} as JSON.

Two ways of writing it. With "columns" the way of the original Digit-Recognition project: float64, one example a
column, the whole set scaled once, slices of a shuffled index, L2 added to the gradient. Without, the fastest we could
make it: float32, one example a row, products written into arrays that stay.
"""

import json
import sys
import time

import numpy as np


def read(folder, name, offset):
    with open(f"{folder}/{name}", "rb") as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def columns(X, labels, setup, rng):
    """An epoch each time it is asked to go on; it yields its forward pass. Activations are (features × batch)."""
    sizes = setup["layers"]
    X = np.ascontiguousarray(X.T / 255.0)
    Y = np.eye(10)[:, labels]
    W = [rng.standard_normal((n, m)) * np.sqrt(2 / m) for m, n in zip(sizes, sizes[1:])]
    b = [np.zeros((n, 1)) for n in sizes[1:]]
    optimizer = Optimizer(setup, W + b)
    while True:
        order = rng.permutation(X.shape[1])
        for start in range(0, len(order), setup["batchSize"]):
            rows = order[start : start + setup["batchSize"]]
            A = [X[:, rows]]
            m = len(rows)
            for l in range(len(W)):
                Z = W[l] @ A[l] + b[l]
                if l < len(W) - 1:
                    A.append(np.maximum(Z, 0))
                else:
                    e = np.exp(Z - Z.max(axis=0))
                    A.append(e / e.sum(axis=0))
            delta = A[-1] - Y[:, rows]
            dW, db = [None] * len(W), [None] * len(W)
            for l in range(len(W) - 1, -1, -1):
                dW[l] = delta @ A[l].T / m + setup["l2"] / m * W[l]
                db[l] = delta.sum(axis=1, keepdims=True) / m
                if l > 0:
                    delta = (W[l].T @ delta) * (A[l] > 0)
            optimizer.step(dW + db)
        yield lambda: predict_column(X[:, :1], W, b)


def predict_column(A, W, b):
    for w, c in zip(W[:-1], b):
        A = np.maximum(w @ A + c, 0)
    Z = W[-1] @ A + b[-1]
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def rows_of_float32(X, labels, setup, rng):
    """An epoch each time it is asked to go on; it yields its forward pass. Activations are (batch × features)."""
    sizes = setup["layers"]
    X = X.astype(np.float32) / np.float32(255)
    W = [(rng.standard_normal((m, n)) * np.sqrt(2 / m)).astype(np.float32) for m, n in zip(sizes, sizes[1:])]
    b = [np.zeros(n, np.float32) for n in sizes[1:]]
    optimizer = Optimizer(setup, W + b)
    size = setup["batchSize"]
    room = [np.empty((size, n), np.float32) for n in sizes]
    dW = [np.empty_like(w) for w in W]
    while True:
        order = rng.permutation(len(X))
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            m = len(batch)
            A = [r[:m] for r in room]
            np.take(X, batch, axis=0, out=A[0], mode="clip")
            for l in range(len(W)):
                np.matmul(A[l], W[l], out=A[l + 1])
                A[l + 1] += b[l]
                if l < len(W) - 1:
                    np.maximum(A[l + 1], 0, out=A[l + 1])
            delta = A[-1]
            delta -= delta.max(axis=1, keepdims=True)
            np.exp(delta, out=delta)
            delta /= delta.sum(axis=1, keepdims=True)
            delta[np.arange(m), labels[batch]] -= 1
            delta /= np.float32(m)
            db = [None] * len(W)
            for l in range(len(W) - 1, -1, -1):
                np.matmul(A[l].T, delta, out=dW[l])
                if setup["l2"]:
                    dW[l] += np.float32(setup["l2"] / m) * W[l]
                db[l] = delta.sum(axis=0)
                if l > 0:
                    delta = (delta @ W[l].T) * (A[l] > 0)
            optimizer.step(dW + db)
        yield lambda: predict_row(X[:1], W, b)


def predict_row(A, W, b):
    for w, c in zip(W[:-1], b):
        A = np.maximum(A @ w + c, 0)
    Z = A @ W[-1] + b[-1]
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Optimizer:
    def __init__(self, setup, parameters):
        self.parameters = parameters
        self.rate = setup["learningRate"]
        self.adam = setup["optimizer"] == "adam"
        self.steps = 0
        if self.adam:
            self.first = [np.zeros_like(p) for p in parameters]
            self.second = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        if not self.adam:
            for p, g in zip(self.parameters, gradients):
                p -= p.dtype.type(self.rate) * g
            return
        self.steps += 1
        rate = self.rate * (1 - 0.999**self.steps) ** 0.5 / (1 - 0.9**self.steps)
        for p, g, m, v in zip(self.parameters, gradients, self.first, self.second):
            t = p.dtype.type
            m *= t(0.9)
            m += t(0.1) * g
            v *= t(0.999)
            v += t(0.001) * (g * g)
            p -= t(rate) * m / (np.sqrt(v) + t(1e-8))


def main():
    folder, setup = sys.argv[1], json.loads(sys.argv[2])
    X = read(folder, "train-images-idx3-ubyte", 16).reshape(-1, 784)
    labels = read(folder, "train-labels-idx1-ubyte", 8)
    train = columns if setup["columns"] else rows_of_float32
    epochs = train(X, labels, setup, np.random.default_rng(1))
    predict = next(epochs)
    times = [timed(lambda: next(epochs)) for _ in range(setup["epochs"])]
    predictions = [timed(predict) for _ in range(300)]
    print(json.dumps({"milliseconds": times, "prediction": float(np.median(predictions))}))


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


main()
