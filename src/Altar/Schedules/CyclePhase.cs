namespace Altar.Schedules;

/// <summary>Where in its wave a cosine cycle of L steps starts and ends.</summary>
public enum CyclePhase
{
    /// <summary>As the formula of arXiv:1704.00109: step k of 0..L-1 is at k/L. The first rate is exactly the peak, the last slightly above the floor.</summary>
    Paper,

    /// <summary>As the authors' program: step k is at (k+1)/L. The first rate is slightly below the peak, the last exactly the floor.</summary>
    Code,
}
