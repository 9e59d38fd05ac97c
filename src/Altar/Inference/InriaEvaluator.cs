using System.Runtime.ExceptionServices;
using Altar.Datasets;
using Altar.Metrics;
using Altar.Tensors;

namespace Altar.Inference;

/// <summary>Judges predicted masks as the Inria benchmark does.</summary>
public static class InriaEvaluator
{
    /// <summary>Compares each pair; two masks a thread are in memory.</summary>
    /// <param name="pairs">Predictions with their true masks, of any size.</param>
    /// <param name="threads">How many pairs at once; 0 (default): one for each processor. The result does not depend on it.</param>
    /// <param name="progress">How many pairs are done.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="BadInputException">A file cannot be read or is no mask of 0 and 255, or the sizes of a pair differ.</exception>
    public static InriaScores Evaluate(IReadOnlyList<InriaPair> pairs, int threads = 0, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var scores = new InriaTileScore[pairs.Count];
        var turn = new Lock();
        var done = 0;
        try
        {
            var limit = Threads.Limit(threads, cancel);
            Parallel.For(0, pairs.Count, limit, index =>
            {
                scores[index] = new InriaTileScore(pairs[index].Tile, Compare(pairs[index]));
                lock (turn) progress?.Report(++done);
            });
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        return InriaScores.From(scores);
    }

    private static InriaScore Compare(InriaPair pair)
    {
        var (prediction, truth) = (InriaMask.Read(pair.Path), InriaMask.Read(pair.Mask));
        return prediction.Size == truth.Size
            ? InriaScore.Of(prediction.Pixels, truth.Pixels)
            : throw InriaMask.SizesDiffer(pair.Path, prediction.Size, pair.Mask, truth.Size);
    }
}
