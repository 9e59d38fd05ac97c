using OpenCvSharp;

namespace Altar.Apps.Tests;

/// <summary>Photos that any network can tell apart, and a recipe of two stages that trains on them in seconds.</summary>
internal sealed class TinySet : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinySet(int perClass = 8)
    {
        (string Name, Scalar Color)[] classes = [("blue", new Scalar(200, 60, 60)), ("green", new Scalar(60, 200, 60)), ("red", new Scalar(60, 60, 200))];
        foreach (var (index, (name, color)) in classes.Index())
            foreach (var number in Enumerable.Range(0, perClass)) SavePhoto(name, number, color, index);
        File.WriteAllText(Recipe, $$"""
            name: tiny
            data: {train: {{Photos}}, val: 0.25, size: 32, threads: 1}
            model: {name: resnet20_cifar, weights: none}
            stages:
              - {name: head, learns: head, epochs: 2, rate: 1e-2, augment: none, batch: 4}
              - {name: all, epochs: 2, rate: 1e-2, augment: light, batch: 4}
            """);
    }

    public string Recipe => At("tiny.yaml");

    public string Photos => At("photos");

    public string Run => At("run");

    public string At(string name) => _folder.File(name);

    public string Photo(string name, int number) => Path.Combine(Photos, name, $"{number}.png");

    public void Dispose() => _folder.Dispose();

    // Noise tells the photos of a class apart: without it they would be copies.
    private void SavePhoto(string name, int number, Scalar color, int index)
    {
        Directory.CreateDirectory(Path.Combine(Photos, name));
        var noise = new byte[40 * 60 * 3];
        new Altar.Tensors.Seed(7).For(index).For(number).ToRandom().NextBytes(noise);
        using var grain = Mat.FromPixelData(40, 60, MatType.CV_8UC3, noise);
        using var plain = new Mat(40, 60, MatType.CV_8UC3, color);
        using var photo = new Mat();
        Cv2.AddWeighted(plain, 0.6, grain, 0.4, 0, photo);
        Cv2.ImWrite(Photo(name, number), photo);
    }
}
