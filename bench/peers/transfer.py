"""recipes/transfer.yaml in PyTorch with torchvision: the same stages, rates, padding, frozen norms, dropout, sizes and
weights, its own DataLoader and transforms. Prints a row an epoch and the whole time, for docs/results.md.

Run on Debian 12:  apt-get install python3-torch python3-torchvision
                   /usr/bin/python3 bench/peers/transfer.py CLOTHING_FOLDER mobilenet_v2_imagenet.safetensors --seed 1 --workers 2
"""
import argparse
import csv
import json
import math
import pathlib
import struct
import time

import numpy
import torch
import torchvision
from PIL import Image
from torch import nn
from torchvision import transforms as T

# name, epochs, rate, augmentation, what learns; the recipe's stages in their order
STAGES = [("head", 2, 1e-2, "none", "head"), ("hard", 6, 1e-3, "hard", "all"), ("light", 1, 1e-4, "light", "all"), ("cycles", 3, 3e-4, "hard", "all")]


def rate_at(stage, step, per_epoch):
    name, epochs, rate, _, _ = stage
    if name == "hard":    # steps: [5], warmup: 1
        return rate * (step + 1) / per_epoch if step < per_epoch else rate * (0.1 if step >= 5 * per_epoch else 1)
    if name == "cycles":  # a cosine an epoch
        return rate / 2 * (1 + math.cos(math.pi * (step % per_epoch) / per_epoch))
    return rate


def augmentation(name, side):
    to_numbers = [T.ToTensor(), T.Normalize([0.5] * 3, [0.5] * 3)]    # byte / 127.5 - 1
    if name == "none":
        return T.Compose([T.Resize(side), T.CenterCrop(side), *to_numbers])
    if name == "light":
        return T.Compose([T.Resize(side * 8 // 7), T.RandomCrop(side), T.RandomHorizontalFlip(), *to_numbers])
    return T.Compose([
        T.Resize(side * 8 // 7),
        T.RandomAffine(10, scale=(0.85, 1.15), shear=6, interpolation=T.InterpolationMode.BILINEAR),
        T.RandomCrop(side),
        T.RandomHorizontalFlip(),
        T.ColorJitter(brightness=0.16, saturation=0.16, hue=0.1),
        *to_numbers,
    ])


class Photos(torch.utils.data.Dataset):
    def __init__(self, manifest, classes, transform):
        self.rows = [(manifest.parent / row["image"], classes.index(row["category"])) for row in csv.DictReader(open(manifest))]
        self.transform = transform

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        path, label = self.rows[index]
        with Image.open(path) as photo:
            photo.draft("RGB", (256, 256))    # decodes a large JPEG small
            return self.transform(photo.convert("RGB")), label


def safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    types = {"F32": numpy.float32, "I64": numpy.int64}
    return {
        name: torch.from_numpy(numpy.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], types[entry["dtype"]]).reshape(entry["shape"]).copy())
        for name, entry in header.items() if name != "__metadata__"
    }


def build(weights, classes):
    network = torchvision.models.mobilenet_v2(num_classes=classes, dropout=0.5)
    network.load_state_dict({name: tensor for name, tensor in safetensors(weights).items() if not name.startswith("classifier.")}, strict=False)
    return network.to(memory_format=torch.channels_last)


def set_mode(network):
    network.train()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


@torch.no_grad()
def validate(network, loader):
    network.eval()
    correct = loss = count = 0
    for images, labels in loader:
        logits = network(images.contiguous(memory_format=torch.channels_last))
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        correct += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
    return loss / count, correct / count


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("weights", type=pathlib.Path)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--batch", type=int, default=32)
    words.add_argument("--size", type=int, default=224)
    words.add_argument("--epochs", type=int, help="stops after so many, to time a part")
    words = words.parse_args()
    torch.manual_seed(words.seed)
    classes = sorted({row["category"] for row in csv.DictReader(open(words.folder / "train.csv"))})
    network = build(words.weights, len(classes))

    def loader(manifest, name, shuffles):
        photos = Photos(words.folder / manifest, classes, augmentation(name, words.size))
        return torch.utils.data.DataLoader(photos, words.batch, shuffle=shuffles, num_workers=words.workers, persistent_workers=words.workers > 0)

    val = loader("val.csv", "none", False)
    start, epoch, pictures = time.perf_counter(), 0, 0
    for stage in STAGES:
        name, epochs, _, augment, learns = stage
        for parameter in network.features.parameters():
            parameter.requires_grad = learns == "all"
        optimizer = torch.optim.SGD([p for p in network.parameters() if p.requires_grad], lr=1, momentum=0.9, weight_decay=1e-4)
        train = loader("train.csv", augment, True)
        step = 0
        for _ in range(epochs):
            set_mode(network)
            began = time.perf_counter()
            for images, labels in train:
                for group in optimizer.param_groups:
                    group["lr"] = rate_at(stage, step, len(train))
                optimizer.zero_grad(set_to_none=True)
                nn.functional.cross_entropy(network(images.contiguous(memory_format=torch.channels_last)), labels).backward()
                optimizer.step()
                step += 1
                pictures += len(labels)
            trained = time.perf_counter() - began
            loss, top1 = validate(network, val)
            epoch += 1
            print(f"{epoch:3} {name:8} log-loss {loss:.4f}  top-1 {top1:.3f}  {len(train.dataset) / trained:6.1f} pictures/s  {time.perf_counter() - start:7.1f} s", flush=True)
            if epoch == words.epochs:
                return


if __name__ == "__main__":
    main()
