namespace Altar.Benchmarks;

/// <summary>The tricks of the table: a name, and the change of the baseline that it is.</summary>
internal static class TrickChanges
{
    private const string Stage = "stages.1";

    public static IReadOnlyList<(string Name, string[] Changes)> All { get; } =
    [
        ("mixup 0.2", [$"{Stage}.mixup=0.2"]),
        ("CutMix 1", [$"{Stage}.cutmix=1"]),
        ("cutout", [$"{Stage}.augment={{from: light, dropout: {{}}}}"]),
        ("label smoothing 0.1", [$"{Stage}.label_smoothing=0.1"]),
        ("focal loss", [$"{Stage}.loss={{focal: 1}}"]),
        ("class weights, inverse", [$"{Stage}.class_weights=inverse"]),
        ("class weights, effective", [$"{Stage}.class_weights=effective"]),
        ("balanced sampling", [$"{Stage}.sampling=balanced"]),
        ("rare classes repeated to 100", [$"{Stage}.sampling={{from: repeat, least: 100}}"]),
        ("sampling by loss", [$"{Stage}.sampling=loss"]),
        ("online hard 0.5", [$"{Stage}.online_hard=0.5"]),
        ("selective 0.5", [$"{Stage}.selective=0.5"]),
        ("hardest of 10 replayed", [$"{Stage}.replay_hardest=10"]),
        ("EMA 0.99", [$"{Stage}.ema=0.99"]),
        ("SWA from epoch 2", [$"{Stage}.swa=2"]),
        ("rates 0.8 a block", [$"{Stage}.rate_decay=0.8"]),
        ("one epoch, then 6 blocks an epoch join", [$"{Stage}.unfreeze=6"]),
        ("batches of 8 accumulated to 32", [$"{Stage}.batch=8", $"{Stage}.accumulate=4"]),
        ("gradient norm at most 1", [$"{Stage}.clip=1"]),
        ("gradient values at most 0.01", [$"{Stage}.clip={{value: 0.01}}"]),
        ("adaptive clipping 0.02", [$"{Stage}.clip={{adaptive: 0.02}}"]),
        ("two cycles in place of one", [$"{Stage}.schedule={{cycles: 2, warmup: 0.5}}"]),
        ("small, then large: 96 in the head stage", ["stages.0.size=96"]),
        ("Nesterov", [$"{Stage}.optimizer=nesterov"]),
        ("AdamW 1e-4", [$"{Stage}.optimizer=adamw", $"{Stage}.rate=1e-4", $"{Stage}.weight_decay=0.01"]),
        ("Lion 3e-5", [$"{Stage}.optimizer=lion", $"{Stage}.rate=3e-5", $"{Stage}.weight_decay=0.03"]),
    ];
}
