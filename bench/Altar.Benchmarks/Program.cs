using Altar.Benchmarks;
using BenchmarkDotNet.Running;

// Whole measurements that compare in turn have names of their own; the rest is BenchmarkDotNet's.
switch (args)
{
    case ["augmentation"]:
        QuickAugmentation.Run();
        break;
    case ["step", var network]:
        StepOverhead.Run(network);
        break;
    case ["step-untuned", var network]:
        StepOverhead.Run(network, tunesAllocator: false);
        break;
    case ["memory", var network]:
        TrainingMemory.Run(network);
        break;
    case ["head", var network]:
        HeadStage.Run(network);
        break;
    case ["search", var count, .. var only]:
        SearchSpeed.Run(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), only);
        break;
    case ["raster", var side, .. var only]:
        RasterPrediction.Run(int.Parse(side, System.Globalization.CultureInfo.InvariantCulture), only);
        break;
    case ["aerial", var folder, var side, var tiles]:
        AerialRehearsal.Write(folder, int.Parse(side, System.Globalization.CultureInfo.InvariantCulture), int.Parse(tiles, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["duplicates", var weights]:
        DuplicateRecall.Run(weights);
        break;
    case ["tricks", var recipe, var folder, var seeds, .. var most]:
        TrickTable.Run(recipe, folder, Whole(seeds), most is [var photos] ? Whole(photos) : int.MaxValue);
        break;
    case ["suspects", var run, var manifest]:
        SuspectScore.Run(run, manifest);
        break;
    case ["scalars"]:
        CollectionRace.Scalars();
        break;
    case ["temporaries"]:
        CollectionRace.Temporaries();
        break;
    case ["shards", var samples]:
        ShardPass.Run(int.Parse(samples, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["shards", var samples, var folder]:
        ShardPass.Run(int.Parse(samples, System.Globalization.CultureInfo.InvariantCulture), folder);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

static int Whole(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
