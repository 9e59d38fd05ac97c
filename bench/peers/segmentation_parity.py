"""Writes the segmentation networks' files of test/Altar.Tests/Networks/Parity/files: what they consist of in PyTorch, and what
they compute for weights and input made by a formula (docs/networks.md). Written from the descriptions in docs/segmentation-networks.md,
on torchvision's encoders; it shares no code with the library.

Run on Debian 12:  apt-get install python3-torch python3-torchvision && /usr/bin/python3 bench/peers/segmentation_parity.py
"""
import torch
import torchvision
from parity import CifarResNet, write
from torch import cat, nn
from torch.nn import functional as F


def conv_relu(i, o):
    m = nn.Sequential()
    m.add_module("conv", nn.Conv2d(i, o, 3, padding=1))
    m.add_module("activation", nn.ReLU())
    return m


def bilinear():
    return nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)


def transposed(i, o, kernel):
    pad = (kernel - 1) // 2
    return nn.ConvTranspose2d(i, o, kernel, 2, pad, 2 * pad + 2 - kernel)


class Decode(nn.Module):
    """A stage of TernausNet and AlbuNet; kernel None is bilinear."""

    def __init__(self, i, m, o, kernel):
        super().__init__()
        self.block = nn.Sequential(conv_relu(i, m), transposed(m, o, kernel), nn.ReLU()) if kernel else nn.Sequential(bilinear(), conv_relu(i, m), conv_relu(m, o))

    def forward(self, x):
        return self.block(x)


class TernausNet(nn.Module):
    def __init__(self, vgg, kernel, fourth):
        super().__init__()
        self.encoder = vgg.features
        self.center = Decode(512, 512, 256, kernel)
        self.dec5 = Decode(768, 512, 256, kernel)
        self.dec4 = Decode(768, 512, fourth, kernel)
        self.dec3 = Decode(256 + fourth, 256, 64, kernel)
        self.dec2 = Decode(192, 128, 32, kernel)
        self.dec1 = conv_relu(96, 32)
        self.final = nn.Conv2d(32, 1, 1)

    def forward(self, x):
        skips = []
        for layer in self.encoder:
            if isinstance(layer, nn.MaxPool2d):
                skips.append(x)
            x = layer(x)
        x = self.center(x)
        for name, skip in zip(["dec5", "dec4", "dec3", "dec2", "dec1"], reversed(skips)):
            x = getattr(self, name)(cat([x, skip], 1))
        return self.final(x)


class AlbuNet(nn.Module):
    def __init__(self, kernel):
        super().__init__()
        self.encoder = torchvision.models.resnet34()
        del self.encoder.fc
        self.center = Decode(512, 512, 256, kernel)
        self.dec5 = Decode(768, 512, 256, kernel)
        self.dec4 = Decode(512, 512, 256, kernel)
        self.dec3 = Decode(384, 256, 64, kernel)
        self.dec2 = Decode(128, 128, 128, kernel)
        self.dec1 = Decode(128, 128, 32, kernel)
        self.dec0 = conv_relu(32, 32)
        self.final = nn.Conv2d(32, 1, 1)

    def forward(self, x):
        e = self.encoder
        x = F.max_pool2d(F.relu(e.bn1(e.conv1(x))), 2)
        skips = []
        for layer in [e.layer1, e.layer2, e.layer3, e.layer4]:
            x = layer(x)
            skips.append(x)
        x = self.center(F.max_pool2d(x, 2))
        for name, skip in zip(["dec5", "dec4", "dec3", "dec2"], reversed(skips)):
            x = getattr(self, name)(cat([x, skip], 1))
        return self.final(self.dec0(self.dec1(x)))


class LinkUp(nn.Module):
    def __init__(self, i, o, kernel):
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(i, i // 4, 1), nn.BatchNorm2d(i // 4)
        self.deconv2, self.norm2 = transposed(i // 4, i // 4, kernel), nn.BatchNorm2d(i // 4)
        self.conv3, self.norm3 = nn.Conv2d(i // 4, o, 1), nn.BatchNorm2d(o)

    def forward(self, x):
        x = F.relu(self.norm1(self.conv1(x)))
        x = F.relu(self.norm2(self.deconv2(x)))
        return F.relu(self.norm3(self.conv3(x)))


class LinkNet(nn.Module):
    def __init__(self, kernel):
        super().__init__()
        r = torchvision.models.resnet34()
        self.firstconv, self.firstbn = r.conv1, r.bn1
        self.encoder1, self.encoder2, self.encoder3, self.encoder4 = r.layer1, r.layer2, r.layer3, r.layer4
        self.decoder4, self.decoder3 = LinkUp(512, 256, kernel), LinkUp(256, 128, kernel)
        self.decoder2, self.decoder1 = LinkUp(128, 64, kernel), LinkUp(64, 64, kernel)
        self.finaldeconv1 = nn.ConvTranspose2d(64, 32, 3, 2)
        self.finalconv2 = nn.Conv2d(32, 32, 3)
        self.finalconv3 = nn.Conv2d(32, 1, 2, padding=1)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.firstbn(self.firstconv(x))), 3, 2, 1)
        e1 = self.encoder1(x)
        e2 = self.encoder2(e1)
        e3 = self.encoder3(e2)
        x = self.decoder4(self.encoder4(e3)) + e3
        x = self.decoder3(x) + e2
        x = self.decoder2(x) + e1
        x = F.relu(self.finaldeconv1(self.decoder1(x)))
        return self.finalconv3(F.relu(self.finalconv2(x)))


class Double(nn.Module):
    def __init__(self, plan, i, m, o):
        super().__init__()
        layers = []
        for a, b in [(i, m), (m, o)]:
            layers.append(nn.Conv2d(a, b, 3, padding=1, bias=plan["bias"]))
            if plan["norm"]:
                layers.append(nn.BatchNorm2d(b))
            layers.append(nn.LeakyReLU(plan["slope"]))
        self.double_conv = nn.Sequential(*layers)

    def forward(self, x):
        return self.double_conv(x)


class Down(nn.Module):
    def __init__(self, plan, i, o, pool):
        super().__init__()
        self.maxpool_conv = nn.Sequential(nn.MaxPool2d(pool), Double(plan, i, o, o))

    def forward(self, x):
        return self.maxpool_conv(x)


class Up(nn.Module):
    def __init__(self, plan, i, skip, m, o, kernel, factor):
        super().__init__()
        if kernel:
            self.up = transposed(i, skip, kernel)
        else:
            self.enlarge = nn.Upsample(scale_factor=factor, mode=plan["mode"], **({"align_corners": plan["align"]} if plan["mode"] == "bilinear" else {}))
        self.conv = Double(plan, (skip if kernel else i) + skip, m, o)
        self.skip_first = plan["skip_first"]

    def forward(self, x, skip):
        x = self.up(x) if hasattr(self, "up") else self.enlarge(x)
        return self.conv(cat([skip, x] if self.skip_first else [x, skip], 1))


class Out(nn.Module):
    def __init__(self, i):
        super().__init__()
        self.conv = nn.Conv2d(i, 1, 1)

    def forward(self, x):
        return self.conv(x)


class UNet(nn.Module):
    def __init__(self, width, kernel, norm=True, bias=True, slope=0.0, skip_first=False, narrows=False, align=False, mode="bilinear", last=2):
        super().__init__()
        plan = dict(norm=norm, bias=bias, slope=slope, skip_first=skip_first, align=align, mode=mode)
        w = [width * 2**level for level in range(5)]
        narrows = narrows and not kernel
        if narrows:
            w[4] //= 2
        self.inc = Double(plan, 3, w[0], w[0])
        for level in range(4):
            setattr(self, f"down{level + 1}", Down(plan, w[level], w[level + 1], last if level == 3 else 2))
        for level in range(3, -1, -1):
            below, out = (w[level], w[max(level - 1, 0)]) if narrows else (w[level + 1], w[level])
            setattr(self, f"up{4 - level}", Up(plan, below, w[level], w[level], out, kernel, last if level == 3 else 2))
        self.outc = Out(w[0])

    def forward(self, x):
        maps = [self.inc(x)]
        for level in range(1, 5):
            maps.append(getattr(self, f"down{level}")(maps[-1]))
        x = maps.pop()
        for level in range(1, 5):
            x = getattr(self, f"up{level}")(x, maps.pop())
        return self.outc(x)


def resnet_maps(e, x):
    maps = [F.relu(e.bn1(e.conv1(x)))]
    x = e.maxpool(maps[0])
    for layer in [e.layer1, e.layer2, e.layer3, e.layer4]:
        x = layer(x)
        maps.append(x)
    return maps


def mobilenet_maps(e, x):
    maps = []
    for i, layer in enumerate(e.features):
        x = layer(x)
        if i in (1, 3, 6, 13, 18):
            maps.append(x)
    return maps


def vgg_maps(e, x):
    maps = []
    for layer in e.features:
        if isinstance(layer, nn.MaxPool2d):
            maps.append(x)
        x = layer(x)
    return maps


def cifar_maps(e, x):
    x = F.relu(e.bn1(e.conv1(x)))
    maps = []
    for layer in [e.layer1, e.layer2, e.layer3]:
        x = layer(x)
        maps.append(x)
    return maps


def conv_norm(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU())


class Join(nn.Module):
    def __init__(self, i, skip, o, mode):
        super().__init__()
        if isinstance(mode, int):
            self.up = transposed(i, i, mode)
        self.mode = mode
        self.conv1, self.conv2 = conv_norm(i + skip, o), conv_norm(o, o)

    def forward(self, x, skip):
        if isinstance(self.mode, int):
            x = self.up(x)
        else:
            x = F.interpolate(x, scale_factor=2, mode=self.mode, align_corners=False if self.mode == "bilinear" else None)
        return self.conv2(self.conv1(x if skip is None else cat([x, skip], 1)))


class UNetDecoder(nn.Module):
    def __init__(self, widths, first, mode):
        super().__init__()
        stride, i, blocks = first * 2 ** (len(widths) - 1), widths[-1], []
        skips = list(reversed(widths[:-1])) + [0]
        while stride > 1:
            stride //= 2
            o = min(16 * stride, 256)
            blocks.append(Join(i, skips[len(blocks)], o, mode))
            i = o
        self.blocks = nn.ModuleList(blocks)

    def forward(self, maps):
        x, skips = maps[-1], list(reversed(maps[:-1])) + [None]
        for block, skip in zip(self.blocks, skips):
            x = block(x, skip)
        return x


class Level(nn.Module):
    def __init__(self, skip):
        super().__init__()
        self.skip_conv = nn.Conv2d(skip, 256, 1)

    def forward(self, x, skip):
        return F.interpolate(x, scale_factor=2, mode="nearest") + self.skip_conv(skip)


class Branch(nn.Module):
    def __init__(self, doublings):
        super().__init__()
        self.doublings = doublings
        steps = []
        for n in range(max(doublings, 1)):
            step = nn.Module()
            step.block = nn.Sequential(nn.Conv2d(128 if n else 256, 128, 3, padding=1, bias=False), nn.GroupNorm(32, 128), nn.ReLU())
            steps.append(step)
        self.block = nn.ModuleList(steps)

    def forward(self, x):
        for step in self.block:
            x = step.block(x)
            if self.doublings:
                x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
        return x


class PyramidDecoder(nn.Module):
    def __init__(self, widths):
        super().__init__()
        w = list(reversed(widths))[:4]
        self.p5 = nn.Conv2d(w[0], 256, 1)
        self.names = ["p4", "p3", "p2"][: len(w) - 1]
        for name, skip in zip(self.names, w[1:]):
            setattr(self, name, Level(skip))
        self.seg_blocks = nn.ModuleList(Branch(len(w) - 1 - i) for i in range(len(w)))

    def forward(self, maps):
        x = self.p5(maps[-1])
        total = self.seg_blocks[0](x)
        for i, name in enumerate(self.names):
            x = getattr(self, name)(x, maps[-2 - i])
            total = total + self.seg_blocks[i + 1](x)
        return total


class Joined(nn.Module):
    def __init__(self, encoder, maps, widths, first, mode):
        super().__init__()
        self.encoder, self.maps = encoder, maps
        for head in ["fc", "classifier", "linear"]:
            if hasattr(encoder, head):
                delattr(encoder, head)
        if mode == "fpn":
            self.decoder = PyramidDecoder(widths)
            self.segmentation_head = nn.Sequential(nn.Conv2d(128, 1, 1))
            self.enlarge = first * 2 ** (len(widths) - min(len(widths), 4))
        else:
            self.decoder = UNetDecoder(widths, first, mode)
            self.segmentation_head = nn.Sequential(nn.Conv2d(16, 1, 3, padding=1))
            self.enlarge = 1

    def forward(self, x):
        x = self.segmentation_head(self.decoder(self.maps(self.encoder, x)))
        return x if self.enlarge == 1 else F.interpolate(x, scale_factor=self.enlarge, mode="bilinear", align_corners=True)


def encoders():
    yield "resnet34", torchvision.models.resnet34, resnet_maps, [64, 64, 128, 256, 512], 2
    yield "mobilenet_v2", torchvision.models.mobilenet_v2, mobilenet_maps, [16, 24, 32, 96, 1280], 2
    yield "vgg11_bn", torchvision.models.vgg11_bn, vgg_maps, [64, 128, 256, 512, 512], 1
    yield "resnet20_cifar", lambda: CifarResNet(3), cifar_maps, [16, 32, 64], 1


if __name__ == "__main__":
    torch.manual_seed(0)
    size = (64, 128)
    vgg11, vgg16 = torchvision.models.vgg11, torchvision.models.vgg16
    write("ternausnet11_bilinear", TernausNet(vgg11(), None, 128), size)
    write("ternausnet11_deconv", TernausNet(vgg11(), 4, 128), size)
    write("ternausnet16", TernausNet(vgg16(), None, 256), size)
    write("ternausnet16_deconv", TernausNet(vgg16(), 4, 256), size)
    write("albunet34", AlbuNet(None), size)
    write("albunet34_deconv", AlbuNet(4), size)
    write("linknet34_deconv", LinkNet(3), size)
    write("linknet34", LinkNet(4), size)
    milesial = dict(bias=False, skip_first=True, narrows=True, align=True)
    write("unet", UNet(64, 2, **milesial), size)
    write("unet_bilinear", UNet(64, None, **milesial), size)
    write("unet_paper", UNet(64, 2, norm=False, skip_first=True, narrows=True), size)
    write("unet_paper_nearest", UNet(64, None, norm=False, skip_first=True, narrows=True, mode="nearest"), size)
    write("unet_nizhib", UNet(16, 3, slope=0.01), size)
    write("unet_lopuhin", UNet(32, None, mode="nearest", last=4), size)
    for name, make, maps, widths, first in encoders():
        write(f"unet+{name}", Joined(make(), maps, widths, first, "nearest"), size)
        write(f"fpn+{name}", Joined(make(), maps, widths, first, "fpn"), size)
    name, make, maps, widths, first = next(encoders())
    write(f"unet+{name}_bilinear", Joined(make(), maps, widths, first, "bilinear"), size)
    write(f"unet+{name}_deconv", Joined(make(), maps, widths, first, 2), size)
