"""bench/boards.yaml in PyTorch: nizhib's plain U-Net from first weights on crops of printed circuit boards, the same
sampling, loss, optimizer, rates and epochs. Prints a row an epoch, for docs/results.md.

Run on Debian 12:  apt-get install python3-torch python3-torchvision
                   /usr/bin/python3 bench/peers/masks.py DEEPPCB_FOLDER --seed 1 --workers 2
"""
import argparse
import math
import pathlib
import random
import time

import numpy
import torch
from PIL import Image
from torch import nn

MEAN, STD = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1), torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
SIDE, OBJECTS = 160, 0.7


class Level(nn.Sequential):
    def __init__(self, inputs, outputs):
        layers = []
        for first in (inputs, outputs):
            layers += [nn.Conv2d(first, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.LeakyReLU(0.01, inplace=True)]
        super().__init__(*layers)


class UNet(nn.Module):
    """github.com/nizhib/topcoder-pathology: 16 to 256 filters, transposed convolutions of 3, 2,161,649 parameters."""

    def __init__(self, filters=16):
        super().__init__()
        widths = [filters << level for level in range(5)]
        self.down = nn.ModuleList(Level(3 if level == 0 else widths[level - 1], widths[level]) for level in range(5))
        self.up = nn.ModuleList(nn.ConvTranspose2d(widths[level + 1], widths[level], 3, 2, 1, output_padding=1) for level in range(4))
        self.join = nn.ModuleList(Level(widths[level] * 2, widths[level]) for level in range(4))
        self.final = nn.Conv2d(filters, 1, 1)

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.down):
            x = block(x if level == 0 else nn.functional.max_pool2d(x, 2))
            skips.append(x)
        for level in reversed(range(4)):
            x = self.join[level](torch.cat([self.up[level](x), skips[level]], 1))
        return self.final(x)


class Boards(torch.utils.data.Dataset):
    def __init__(self, folder, trains):
        self.trains = trains
        self.names = sorted(path.stem for path in folder.glob("*.txt"))
        self.folder = folder
        self.tiles = [(name, x, y) for name in self.names for y in range(0, 640, SIDE) for x in range(0, 640, SIDE)]

    def __len__(self):
        return len(self.names) if self.trains else len(self.tiles)

    def __getitem__(self, index):
        name, x, y = (self.names[index], 0, 0) if self.trains else self.tiles[index]
        photo = numpy.asarray(Image.open(self.folder / f"{name}_test.jpg").convert("RGB"))
        boxes = [list(map(int, line.split()))[:4] for line in open(self.folder / f"{name}.txt") if line.strip()]
        mask = numpy.zeros(photo.shape[:2], numpy.float32)
        for left, top, right, bottom in boxes:
            mask[top:bottom, left:right] = 1
        if self.trains:
            x, y = random.randint(0, 640 - SIDE), random.randint(0, 640 - SIDE)
            if boxes and random.random() < OBJECTS:
                left, top, right, bottom = random.choice(boxes)
                x = min(max((left + right) // 2 - random.randint(0, SIDE - 1), 0), 640 - SIDE)
                y = min(max((top + bottom) // 2 - random.randint(0, SIDE - 1), 0), 640 - SIDE)
        photo, mask = photo[y:y + SIDE, x:x + SIDE], mask[y:y + SIDE, x:x + SIDE]
        if self.trains and random.random() < 0.5:
            photo, mask = photo[:, ::-1], mask[:, ::-1]
        pixels = torch.from_numpy(numpy.ascontiguousarray(photo)).permute(2, 0, 1).float() / 255
        return (pixels - MEAN) / STD, torch.from_numpy(numpy.ascontiguousarray(mask))[None]


def loss_of(logits, mask):
    chances = torch.sigmoid(logits)
    dice = (2 * (chances * mask).sum() + 1) / (chances.sum() + mask.sum() + 1)
    return nn.functional.binary_cross_entropy_with_logits(logits, mask) + 1 - dice


def one_cycle(step, steps, peak):
    """Up over 30 % of the steps from a 25th, down to nearly nothing, both along a cosine (arXiv:1708.07120)."""
    up = 0.3 * steps
    if step < up:
        return peak * (0.04 + 0.96 * (1 - math.cos(math.pi * step / up)) / 2)
    return peak * (1 + math.cos(math.pi * (step - up) / (steps - up))) / 2


@torch.no_grad()
def iou_of(network, loader):
    network.eval()
    both = either = 0
    for photos, masks in loader:
        said = network(photos.contiguous(memory_format=torch.channels_last)) > 0
        both += (said & (masks > 0)).sum().item()
        either += (said | (masks > 0)).sum().item()
    return both / either


def main():
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--epochs", type=int, default=6)
    words.add_argument("--rate", type=float, default=5e-4)
    words = words.parse_args()
    torch.manual_seed(words.seed)
    random.seed(words.seed)
    network = UNet().to(memory_format=torch.channels_last)
    assert sum(p.numel() for p in network.parameters()) == 2_161_649
    train = torch.utils.data.DataLoader(Boards(words.folder / "train", True), 4, shuffle=True, num_workers=words.workers, persistent_workers=words.workers > 0)
    val = torch.utils.data.DataLoader(Boards(words.folder / "val", False), 4, num_workers=words.workers, persistent_workers=words.workers > 0)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1, weight_decay=1e-4)
    start, step = time.perf_counter(), 0
    for epoch in range(words.epochs):
        network.train()
        began = time.perf_counter()
        for photos, masks in train:
            for group in optimizer.param_groups:
                group["lr"] = one_cycle(step, words.epochs * len(train), words.rate)
            optimizer.zero_grad(set_to_none=True)
            loss_of(network(photos.contiguous(memory_format=torch.channels_last)), masks).backward()
            optimizer.step()
            step += 1
        trained = time.perf_counter() - began
        print(f"{epoch + 1:3}  IoU {iou_of(network, val):.3f}  {len(train.dataset) / trained:6.1f} pictures/s  {time.perf_counter() - start:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
