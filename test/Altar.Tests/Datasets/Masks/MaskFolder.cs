using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Tests.Datasets.Masks;

/// <summary>A folder with pictures and masks that is gone after the test.</summary>
internal sealed class MaskFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Images => _folder.Of("images");

    public string Masks => _folder.Of("gt");

    public string Of(string name) => _folder.Of(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public void Dispose() => _folder.Dispose();

    /// <summary>A photo that no other resembles, and a mask with a square of 255 in the middle.</summary>
    public void Add(string name, int width = 32, int height = 24, string ending = ".png")
    {
        AddImage(name + ending, width, height);
        AddMask(name + ".png", width, height, (x, y) => x >= width / 4 && x < width * 3 / 4 && y >= height / 4 && y < height * 3 / 4 ? 255 : 0);
    }

    public string AddImage(string name, int width = 32, int height = 24)
    {
        var path = Path.Combine(Images, name);
        RasterWriter.Write(path, TestPictures.Blobs((ulong)name.Sum(letter => letter * 31), width, height));
        return path;
    }

    public string AddMask(string name, int width, int height, Func<int, int, int> value)
    {
        var mask = new Mask(new PixelSize(width, height));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) mask.Row(y)[x] = (byte)value(x, y);
        var path = Path.Combine(Masks, name);
        MaskWriter.Write(path, mask);
        return path;
    }

    public DataOptions Options(params string[] classes) => new() { Train = Images, Masks = Masks, Classes = classes.Length > 0 ? classes : ["building"], Val = "0.5" };

    public MaskedPictures Open(DataOptions? options = null) => MaskedPictures.Open(options ?? Options(), new Seed(1));

    public string Error(DataOptions? options = null) => Assert.Throws<BadInputException>(() => Open(options)).Message;

    public static Mask MaskOf(MaskedPicture picture) => picture.Mask.Read(picture.Size, PixelBox.Whole(picture.Size));

    public static IEnumerable<MaskedPicture> All(MaskedPictures pictures) => pictures.Train.Pictures.Concat(pictures.Val.Pictures).OrderBy(picture => picture.Path, StringComparer.Ordinal);
}
