"""Writes test/Altar.Tests/Networks/Weights/files: one small checkpoint in both of PyTorch's formats.

Run on Debian 12:  apt-get install python3-torch && /usr/bin/python3 bench/peers/weights.py
"""
import collections
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parents[2] / "test/Altar.Tests/Networks/Weights/files"

numbers = torch.arange(6, dtype=torch.float32)
state = collections.OrderedDict([
    ("module.plain", numbers.reshape(2, 3)),
    ("module.turned", numbers.reshape(2, 3).t()),
    ("module.part", numbers[2:4]),
    ("module.learned", torch.nn.Parameter(torch.tensor([1.5, -2.5]))),
    ("module.half", torch.tensor([0.5, 1.0], dtype=torch.float16)),
    ("module.brain", torch.tensor([0.25, 3.0], dtype=torch.bfloat16)),
    ("module.double", torch.tensor([[0.125]], dtype=torch.float64)),
    ("module.count", torch.tensor(7)),
    ("module.flags", torch.tensor([True, False])),
    ("module.nothing", torch.zeros(0, 3)),
])
state._metadata = collections.OrderedDict([("", {"version": 1})])
checkpoint = {"epoch": 3, "best": 0.5, "state_dict": state, "options": {"lr": 0.1, "steps": [30, 60], "seed": 2**40, "negative": -1, "resumed": False}}

FOLDER.mkdir(parents=True, exist_ok=True)
torch.save(checkpoint, FOLDER / "small-zip.pth")
torch.save(checkpoint, FOLDER / "small-legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"broken": torch.nn.Linear(1, 1)}, FOLDER / "whole-module.pth")
