using Altar.Datasets;
using Altar.Images;

namespace Altar.Tests.Datasets;

public class PictureCheckTests
{
    [Fact]
    public void Headers_are_read_in_order_and_damaged_files_are_set_aside_with_their_reason()
    {
        using var folder = new TemporaryFolder();
        string[] paths = [folder.WriteBlobs("1.jpg", 1, width: 50, height: 40), folder.Write("2.jpg", "no picture"), folder.WriteBlobs("3.png", 3, width: 20, height: 30), folder.Of("gone.jpg")];
        var damaged = new SetAside();

        var headers = PictureCheck.ReadHeaders(paths, damaged, threads: 2);

        Assert.Equal([new PixelSize(50, 40), null, new PixelSize(20, 30), null], headers.Select(header => header?.Size));
        Assert.Equal([paths[1], paths[3]], damaged.Items.Select(item => item.Path));
    }

    [Fact]
    public void A_header_that_claims_a_huge_picture_is_set_aside()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteBlobs("1.png", 1);
        var bytes = File.ReadAllBytes(path);
        byte[] side = [0, 0, 0xEA, 0x60];                    // 60000; width at byte 16, height at byte 20
        side.CopyTo(bytes, 16);
        side.CopyTo(bytes, 20);
        File.WriteAllBytes(path, bytes);
        var damaged = new SetAside();

        PictureCheck.ReadHeaders([path], damaged);

        Assert.Contains("60000x60000", Assert.Single(damaged.Items).Reason, StringComparison.Ordinal);
    }
}
