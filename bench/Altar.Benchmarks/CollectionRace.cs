using System.Runtime.InteropServices;
using Altar.Networks;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Benchmarks;

/// <summary>What fails in TorchSharp while another thread collects garbage without pause: docs/decisions/0008-scalars.md.</summary>
internal static class CollectionRace
{
    private const int Calls = 500_000;

    /// <summary>Counts the calls whose scalar was freed too early, TorchSharp's first, then Altar's.</summary>
    public static void Scalars()
    {
        Start();
        using var left = ones(4);
        using var right = ones(4);
        using var maps = ones(2, 4, 2, 2);
        using var theirs = nn.BatchNorm2d(4);
        using var ours = new BatchNorm(4);
        using var weight = nn.Parameter(ones(4));
        using var optimizer = optim.SGD([weight], 0.01, 0.9);
        weight.grad = ones(4);

        Count("left + right", () => _ = left + right);
        Count("left * 0.5", () => _ = left * 0.5);
        Count("left.add(1.5)", () => left.add(1.5));
        Count("nn.BatchNorm2d", () => theirs.call(maps));
        Count("optim.SGD", () => optimizer.step());
        Count("left.Plus(right)", () => left.Plus(right));
        Count("left.Plus(right, 0.5)", () => left.Plus(right, 0.5));
        Count("Altar's BatchNorm", () => ours.call(maps));
    }

    /// <summary>Passes temporary tensors straight on: inside a dispose scope, then outside, where native code reads freed memory and the process may end.</summary>
    public static void Temporaries()
    {
        Start();
        using var picture = ones(2, 3, 5, 7);
        Count("permute, contiguous in a scope", () => picture.permute(0, 2, 3, 1).contiguous());
        Console.WriteLine("permute, contiguous without a scope:");
        for (var i = 0; i < Calls; i++) Order(picture);
        Console.WriteLine("went well this time");
    }

    private static void Order(Tensor picture)
    {
        using var ordered = picture.permute(0, 2, 3, 1).contiguous();
    }

    private static void Count(string name, Action call)
    {
        var errors = 0;
        string? first = null;
        for (var i = 0; i < Calls; i++)
        {
            using var scope = NewDisposeScope();
            try
            {
                call();
            }
            catch (ExternalException error)
            {
                errors++;
                first ??= error.Message.Split('\n')[0];
            }
        }

        Console.WriteLine($"{name,-32} {Calls} calls, {errors} failed {first}");
    }

    private static void Start()
    {
        NativeLibraries.Prepare();
        set_num_threads(1);
        new Thread(() =>
        {
            while (true) GC.Collect(0);
        }) { IsBackground = true }.Start();
    }
}
