namespace Altar.Training.Tricks;

/// <summary>Keeps the batch with the largest loss since the last replay, and says when it is due: the rule of Carvana's and DSB-2018's winners.</summary>
/// <remarks>
/// selimsef/dsb2018_topcoders, hard_negative_mining.py; with its two traps mended: a loss is kept where nothing is kept yet, whatever its value, and
/// one that is not finite never is. The batch at hand is eligible, and what is kept outlives the end of an epoch.
/// </remarks>
/// <param name="rate">Batches between two replays; 0: never.</param>
public sealed class HardestBatch(int rate)
{
    /// <summary>Batches seen since the last replay.</summary>
    public int Seen { get; private set; }

    /// <summary>Loss of the kept batch; null where none is kept.</summary>
    public double? Worst { get; private set; }

    /// <summary>Whether it is time to replay, if a batch is kept, and to <see cref="Reset"/>.</summary>
    public bool IsDue => rate > 0 && Seen >= rate;

    /// <summary>Counts a batch.</summary>
    /// <param name="loss">Its loss before the step.</param>
    /// <returns>Whether it is to be kept in place of the one before; of equal ones the first stays.</returns>
    public bool Offer(double loss)
    {
        Seen++;
        if (rate == 0 || !double.IsFinite(loss) || loss <= Worst) return false;
        Worst = loss;
        return true;
    }

    /// <summary>Begins anew, also where nothing was kept.</summary>
    public void Reset() => Restore(0, null);

    /// <summary>Goes back to a remembered state.</summary>
    /// <param name="seen">As <see cref="Seen"/> was.</param>
    /// <param name="worst">As <see cref="Worst"/> was.</param>
    public void Restore(int seen, double? worst) => (Seen, Worst) = (seen, worst);
}
