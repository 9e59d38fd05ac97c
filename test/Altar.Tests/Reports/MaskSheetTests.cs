using Altar.Images;
using Altar.Inference.Masks;
using Altar.Reports;

namespace Altar.Tests.Reports;

public sealed class MaskSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pixel_is_found_missed_found_wrongly_or_not_asked_for()
    {
        var painted = MaskOverlay.Errors(new Raster(new PixelSize(5, 1)), [1, 1, 0, -1, 0], [1, 0, 1, 1, 0], opacity: 1);

        Assert.Equal([MaskOverlay.Found, MaskOverlay.Missed, MaskOverlay.Wrong, MaskOverlay.Ignored, (0, 0, 0)], Colors(painted));
    }

    [Fact]
    public void Classes_have_their_colours_and_the_background_stays_the_photo()
    {
        var painted = MaskOverlay.Classes(new Raster(new PixelSize(3, 1)), [0, 1, 2], background: 0, opacity: 1);

        Assert.Equal([(0, 0, 0), MaskOverlay.ColorOf(1), MaskOverlay.ColorOf(2)], Colors(painted));
        Assert.Equal(("orange", "red", "blue"), (MaskOverlay.NameOfColor(1), MaskOverlay.NameOfColor(2), MaskOverlay.NameOfColor(10)));
    }

    [Fact]
    public void Several_classes_have_a_legend_above_the_pictures()
    {
        var example = new MaskExample("town1.tif 384, 0", 0.5, new Raster(PixelSize.Square(8)), new int[64], new int[64]);
        MaskSheet.Save(_folder.In("one.jpg"), "one", [example], [], ["roof"]);
        MaskSheet.Save(_folder.In("three.jpg"), "three", [example], [], ["background", "roof", "road"]);

        Assert.True(RasterReader.Read(_folder.In("three.jpg")).Size.Height > RasterReader.Read(_folder.In("one.jpg")).Size.Height);
    }

    private static IEnumerable<(byte, byte, byte)> Colors(Raster picture) => Enumerable.Range(0, (int)picture.Size.Area).Select(i => (picture.Pixels[i * 3], picture.Pixels[(i * 3) + 1], picture.Pixels[(i * 3) + 2]));
}
