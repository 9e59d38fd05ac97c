"""Writes test/Altar.Tests/Networks/Parity/files: what torchvision's networks consist of, and what they compute
for weights and input made by a formula (docs/networks.md).

Run on Debian 12:  apt-get install python3-torch python3-torchvision && /usr/bin/python3 bench/peers/parity.py
"""
import json
import pathlib

import numpy
import torch
import torchvision
from torch import nn
from torchvision.models.resnet import Bottleneck, ResNet

FOLDER = pathlib.Path(__file__).parents[2] / "test/Altar.Tests/Networks/Parity/files"


class CifarBlock(nn.Module):
    """Option A of arXiv:1512.03385, section 4.2."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride, self.new = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        small = x[:, :, :: self.stride, :: self.stride]
        side = torch.zeros(x.shape[0], self.new // 2, *small.shape[2:])
        return torch.relu(y + torch.cat([side, small, side], 1))


class CifarResNet(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        for stage, (inputs, outputs) in enumerate([(16, 16), (16, 32), (32, 64)], 1):
            first = CifarBlock(inputs, outputs, 1 if stage == 1 else 2)
            setattr(self, f"layer{stage}", nn.Sequential(first, *[CifarBlock(outputs, outputs, 1) for _ in range(blocks - 1)]))
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


def uniform(key, count):
    h = 14695981039346656037
    for byte in key.encode():
        h = (h ^ byte) * 1099511628211 % 2**64
    z = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15) + numpy.uint64(h)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    z ^= z >> numpy.uint64(31)
    return (z >> numpy.uint64(40)).astype(numpy.float64) / 2**23 - 1


def values(key, shape):
    count = int(numpy.prod(shape))
    u = uniform(key, count)
    if len(shape) >= 2:
        u *= (6 / (count // shape[0])) ** 0.5
    elif key.endswith("running_var"):
        u = 1 + 0.5 * u
    elif key.endswith("weight"):
        u = 1 + 0.1 * u
    else:
        u *= 0.1
    return torch.from_numpy(u.astype(numpy.float32)).reshape(shape)


def write(name, network, size):
    tensors = {key: list(value.shape) for key, value in network.state_dict().items() if not key.endswith("num_batches_tracked")}
    with torch.no_grad():
        for key, value in network.state_dict().items():
            if key in tensors:
                value.copy_(values(key, tensors[key]))
        shape = [2, 3, *size]
        output = network.eval()(torch.from_numpy(uniform("input", int(numpy.prod(shape))).astype(numpy.float32)).reshape(shape))
    flat = output.flatten()
    stride = max(1, -(-flat.numel() // 64))
    record = {
        "name": name,
        "parameters": sum(p.numel() for p in network.parameters()),
        "input_shape": shape,
        "output_shape": list(output.shape),
        "mean": flat.double().mean().item(),
        "std": flat.double().std(unbiased=False).item(),
        "sample_stride": stride,
        "samples": [round(v, 7) for v in flat[::stride].tolist()],
        "tensors": tensors,
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(record) + "\n")
    print(name, record["parameters"], record["std"])


if __name__ == "__main__":
    torch.manual_seed(0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "wide_resnet50_2",
                 "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d",
                 "vgg11", "vgg11_bn", "vgg13", "vgg13_bn", "vgg16", "vgg16_bn", "vgg19", "vgg19_bn", "mobilenet_v2"]:
        write(name, getattr(torchvision.models, name)(), (64, 96))
    write("resnext101_32x4d", ResNet(Bottleneck, [3, 4, 23, 3], groups=32, width_per_group=4), (64, 96))
    write("resnet20_cifar", CifarResNet(3), (32, 32))
    write("resnet56_cifar", CifarResNet(9), (32, 32))
