using Altar.Augmentation;
using Altar.Datasets;
using Altar.Datasets.Shards;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Batching;

/// <summary>Batches of streamed samples.</summary>
#pragma warning disable CA1001 // The pipeline disposes of the window by Leave.
internal sealed class ShardWork : IBatchWork
#pragma warning restore CA1001
{
    private readonly IReadOnlyList<ShardPart> _parts;
    private readonly Augmenter _augmenter;
    private readonly Normalization _normalization;
    private readonly SetAside _setAside;
    private readonly BatchOptions _options;
    private readonly Seed _seed;
    private readonly ShardOrder _order;
    private readonly IReadOnlyList<long> _targetShape;
    private ShardWindow? _window;

    public ShardWork(IReadOnlyList<ShardPart> parts, Augmenter augmenter, Normalization normalization, SetAside setAside, BatchOptions options, ShardReadOptions reading, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reading);
        (_parts, _augmenter, _normalization, _setAside, _options, _seed) = (parts, augmenter, normalization, setAside, options.WithoutOrder("the pictures of shards"), seed);
        _targetShape = parts[0].Targets.Shape;
        if (parts.Any(part => !part.Targets.Shape.SequenceEqual(_targetShape))) throw new ArgumentException("The sets' targets have different shapes.", nameof(parts));
        if (parts.Any(part => part.Weight is null) && parts.Any(part => part.Weight is not null))
            throw new BadInputException($"data.sets: {parts.First(part => part.Weight is null).Set.Source} has no weight, others have. Give every set one, or none: then every picture comes once.");

        double[]? weights = parts[0].Weight is null ? null : [.. parts.Select(part => part.Weight!.Value)];
        _order = new ShardOrder([.. parts.Select(part => part.Set.Index.Shards.Select(shard => shard.Samples).ToArray())], weights, reading, options.Shuffles, seed);
        BatchesPerEpoch = BatchPlan.Batches(_order.Count, options);
        if (BatchesPerEpoch == 0) throw BatchPlan.TooFew(_order.Count, options);
        _order.Visited = (int)Math.Min(_order.Count, (long)BatchesPerEpoch * options.Batch);
    }

    public int BatchesPerEpoch { get; }

    private int Total => _parts.Sum(part => part.Set.Count);

    public Staging Allocate() => new(Math.Min(_options.Batch, _order.Count), _augmenter.Target, channels: 3, _targetShape, _options.Device);

    public IEnumerable<PlannedBatch> From(int epoch, int firstBatch)
    {
        _window = new ShardWindow(_parts, Reading(epoch, firstBatch));
        return Planned(epoch, firstBatch);
    }

    public void Open(PlannedBatch batch, Staging staging) => _window!.Allow(batch.Epoch, ((ShardBatch)batch).ReadThrough);

    public bool TryFill(PlannedBatch batch, int position, Staging staging)
    {
        var step = ((ShardBatch)batch).Steps[position];
        if (_window!.Take(batch.Epoch, step.Step) is not { } sample) return false;
        try
        {
            var header = RasterReader.ReadHeader(sample.Picture, sample.Name);
            var draw = _augmenter.Draw(_seed.For("view").For(step.Round).For(step.Number).ToRandom(), header.Size);
            var picture = RasterReader.Read(sample.Picture, sample.Name, new ReadOptions { AtLeast = draw.AtLeast() });
            _augmenter.Apply(picture, draw, _normalization, staging.Input(position));
        }
        catch (DamagedPictureException damage)
        {
            _setAside.Add(sample.Name, damage.Reason);
            if (_setAside.Count > Total * SetAside.LargestShare) _setAside.ThrowIfTooMany(Total);
            return false;
        }

        _parts[step.Set].Targets.Write(sample.Find, sample.Name, staging.Target(position));
        return true;
    }

    public void Leave()
    {
        _window?.Dispose();
        _window = null;
    }

    private IEnumerable<(int Epoch, ShardStep Step)> Reading(int epoch, int firstBatch)
    {
        for (; ; epoch++, firstBatch = 0)
        {
            foreach (var step in _order.Reading(epoch, firstBatch * _options.Batch)) yield return (epoch, step);
        }
    }

    private IEnumerable<ShardBatch> Planned(int epoch, int firstBatch)
    {
        for (; ; epoch++, firstBatch = 0)
        {
            var delivery = _order.Delivery(epoch);
            for (var i = 0; i < firstBatch * _options.Batch; i++) delivery.MoveNext();
            for (var index = firstBatch; index < BatchesPerEpoch; index++)
            {
                var steps = new List<ShardStep>(_options.Batch);
                while (steps.Count < _options.Batch && delivery.MoveNext()) steps.Add(delivery.Current);
                yield return new ShardBatch(epoch, index, [.. steps.Select(step => step.Number)], steps, delivery.Read);
            }
        }
    }
}
