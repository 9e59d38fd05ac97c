using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Inference.Polygons;
using Altar.Inference.Tiles;
using Altar.Tensors;
using Altar.Tests.Images;
using Altar.Tests.Images.GeoTiff;
using Altar.Tests.Networks;
using BitMiracle.LibTiff.Classic;
using static TorchSharp.torch;

namespace Altar.Tests.Inference.Tiles;

public sealed class RasterPredictorTests : IDisposable
{
    private static readonly PixelSize Size = new(100, 70);
    private static readonly RasterOptions Small = new() { Tiles = new TileOptions { TilePixels = 32, OverlapFraction = 0.25 }, Batch = 3 };

    private readonly PictureFiles _files = new();

    public void Dispose() => _files.Dispose();

    private string Raster(PixelSize? size = null, IReadOnlyList<TiffField>? fields = null, Func<int, int, int, byte>? sample = null)
    {
        var (path, of) = (_files.Free("in.tif"), size ?? Size);
        sample ??= (x, y, band) => (byte)RasterFiles.Sample(x, y, band, 8);
        byte[] samples = [.. from y in Enumerable.Range(0, of.Height) from x in Enumerable.Range(0, of.Width) from band in Enumerable.Range(0, 3) select sample(x, y, band)];
        GeoTiffWriter.Write(path, new GeoTiffForm { Size = of, Bands = 3, TilePixels = 32, Fields = fields ?? GeoFields.Utm33 }, file => file.WriteRows(samples));
        return path;
    }

    private string Out(string name = "out.tif") => _files.Free(Path.Combine("results", name));

    private static float[] Values(string path)
    {
        using var raster = RasterWindows.Open(path);
        return raster.ReadBands(PixelBox.Whole(raster.Size));
    }

    [Theory]
    [InlineData(100, 70)]
    [InlineData(1, 1)]
    [InlineData(33, 5)]
    [InlineData(64, 128)]
    public void A_constant_network_gives_a_constant_raster(int width, int height)
    {
        var options = Small with { Output = RasterOutput.Probability };

        new RasterPredictor(TileNetworks.Constant(0.4), options).Predict(Raster(new PixelSize(width, height)), Out());

        Assert.All(Values(Out()), value => Assert.Equal(0.4f, value, 1e-6));   // 102 of 255
        using var raster = RasterWindows.Open(Out());
        Assert.Equal((new PixelSize(width, height), 1, 8), (raster.Size, raster.Bands, raster.BitsPerSample));
    }

    [Theory]
    [InlineData(0.25, TileBlending.Hann, true)]
    [InlineData(0.5, TileBlending.Hann, true)]
    [InlineData(0.5, TileBlending.Flat, false)]
    public void Blended_by_a_window_tiles_say_what_the_whole_picture_says_to_two_hundredths(double overlap, TileBlending blending, bool isAlike)
    {
        using var scope = NewDisposeScope();
        var tiles = new TileOptions { TilePixels = 64, OverlapFraction = overlap, Blending = blending };
        new RasterPredictor(TileNetworks.Of(TileNetworks.Convolutions), Small with { Tiles = tiles, Output = RasterOutput.FloatingPoint }).Predict(Raster(new PixelSize(200, 150)), Out());

        var whole = TileNetworks.Convolutions(tensor(Values(_files.Free("in.tif")), [1, 150, 200, 3]).permute(0, 3, 1, 2)).contiguous().data<float>().ToArray();

        var differences = Values(Out()).Zip(whole, (tiled, all) => Math.Abs(tiled - all)).ToArray();
        Assert.True(whole.Max() - whole.Min() > 0.2);   // it has something to say
        Assert.Equal(isAlike, differences.Max() < 0.02);
        Assert.InRange(differences.Order().ElementAt(differences.Length / 2), 0, 1e-6);   // most pixels: alike to the last bits
    }

    // The truth is a smooth picture; the network sees it with noise and is wrong near the edges of what it sees.
    [Theory]
    [InlineData(0.5, TileBlending.Hann, true)]
    [InlineData(0.25, TileBlending.Hann, true)]
    [InlineData(0.0, TileBlending.Flat, false)]
    public void The_error_at_tile_borders_is_no_larger_than_elsewhere(double overlap, TileBlending blending, bool isNoLarger)
    {
        var random = new Seed(11).ToRandom();
        var size = new PixelSize(256, 256);
        var noise = Enumerable.Range(0, 256 * 256).Select(_ => random.Next(-60, 61)).ToArray();
        Raster(size, sample: (x, y, _) => (byte)(Truth(x, y) + noise[(y * 256) + x]));
        var tiles = new TileOptions { TilePixels = 64, OverlapFraction = overlap, Blending = blending };

        new RasterPredictor(TileNetworks.Of(TileNetworks.Blur), Small with { Tiles = tiles, Output = RasterOutput.FloatingPoint }).Predict(_files.Free("in.tif"), Out());

        var (values, plan) = (Values(Out()), TilePlan.Cover(size, tiles));
        var (atBorders, elsewhere) = (new List<double>(), new List<double>());
        for (var y = 8; y < 248; y++)
        {
            for (var x = 8; x < 248; x++) (IsNearBorder(plan.Columns, x) || IsNearBorder(plan.Rows, y) ? atBorders : elsewhere).Add(Math.Abs(values[(y * 256) + x] - (Truth(x, y) / 255.0)));
        }

        Assert.Equal(isNoLarger, atBorders.Average() <= elsewhere.Average() * 1.1);

        static double Truth(int x, int y) => (int)(128 + (60 * Math.Sin(x / 20.0) * Math.Cos(y / 25.0)));
        static bool IsNearBorder(TileAxis axis, int at) => axis.Starts.Any(start => (start > 0 && Math.Abs(at - start) <= 4) || Math.Abs(at - (start + axis.Tile)) <= 4);
    }

    [Fact]
    public void The_mask_is_0_or_255_from_the_threshold_on()
    {
        var path = Raster(sample: (x, _, _) => (byte)(x < 50 ? 100 : 180));

        var result = new RasterPredictor(TileNetworks.Red(), Small with { Threshold = 0.7 }).Predict(path, Out());

        Assert.Equal(Enumerable.Range(0, 70).SelectMany(_ => Enumerable.Range(0, 100).Select(x => x < 50 ? 0f : 1f)), Values(Out()));
        Assert.Equal([0.5], result.Shares);
        using var raster = RasterWindows.Open(Out());
        Assert.Equal((1, 8), (raster.Bands, raster.BitsPerSample));
    }

    [Fact]
    public void Without_a_threshold_of_its_own_an_option_leaves_it_to_the_model()
    {
        var path = Raster(sample: (x, _, _) => (byte)(x < 50 ? 100 : 180));
        var model = TileNetworks.Red() with { Threshold = 0.3 };

        Assert.Equal([1.0], new RasterPredictor(model, Small).Predict(path, Out()).Shares);
        Assert.Equal([0.5], new RasterPredictor(model, Small with { Threshold = 0.5 }).Predict(path, Out()).Shares);
        Assert.Equal([1.0], new RasterPredictor(model, Small).Predict(path, Out()).Shares);   // not the earlier result
    }

    [Fact]
    public void A_network_taught_at_half_the_scale_sees_half_the_pixels_and_the_result_has_all()
    {
        List<long[]> seen = [];
        var model = TileNetworks.Red() with { Scale = new NetworkScale(0.5, 0.25), Probabilities = Noting };

        var result = new RasterPredictor(model, Small with { Threshold = 0.5 }).Predict(Raster(sample: (x, _, _) => (byte)(x < 50 ? 100 : 180)), Out());

        Assert.All(seen, shape => Assert.Equal([50, 18], shape[^2..].Reverse()));   // 100 x 70 in one tile: 70 / 4 = 17.5
        Assert.Equal([0.5], result.Shares);
        using var raster = RasterWindows.Open(Out());
        Assert.Equal(new PixelSize(100, 70), raster.Size);

        Tensor Noting(Tensor images)
        {
            seen.Add(images.shape);
            return images.narrow(1, 0, 1);
        }
    }

    [Fact]
    public void Of_several_classes_the_mask_has_the_number_of_the_likeliest_and_probabilities_a_band_each()
    {
        var model = TileNetworks.Of(images => images.softmax(1), 1, "background", "roof", "road");
        var path = Raster(sample: (x, _, band) => (byte)(x / 40 == band ? 200 : 10));

        new RasterPredictor(model, Small with { Polygons = new PolygonOptions() }).Predict(path, Out());
        Assert.Equal(Enumerable.Range(0, 100).Select(x => (float)(x / 40)), Values(Out()).Take(100).Select(value => value * 255));
        var outlines = File.ReadAllText(Path.ChangeExtension(Out(), ".geojson"));
        Assert.Equal((1, 1, 0), (outlines.Split("\"roof\"").Length - 1, outlines.Split("\"road\"").Length - 1, outlines.Split("\"background\"").Length - 1));

        new RasterPredictor(model, Small with { Output = RasterOutput.FloatingPoint }).Predict(path, Out());
        Assert.All(Values(Out()).Chunk(3), pixel => Assert.Equal(1, pixel.Sum(), 1e-5));
    }

    [Theory]
    [InlineData(RasterOutput.Mask)]
    [InlineData(RasterOutput.Probability)]
    [InlineData(RasterOutput.FloatingPoint)]
    public void The_result_lies_where_the_raster_lies_tag_by_tag(RasterOutput output)
    {
        IReadOnlyList<TiffField> fields = [.. GeoFields.Utm33, TiffField.Doubles(34264, [.. Enumerable.Range(0, 16).Select(i => i * 1.5)]), GeoFields.NoData("-9999"), GeoFields.Metadata("<GDALMetadata><Item name=\"CITY\">Graz</Item></GDALMetadata>")];
        var path = Raster(fields: fields);

        var result = new RasterPredictor(TileNetworks.Red(), Small with { Output = output }).Predict(path, Out());

        Assert.True(result.HasGeoReference);
        using var written = RasterWindows.Open(Out());
        Assert.Equal(RasterWindows.Open(path).Size, written.Size);
        foreach (var field in fields)
        {
            var kept = written.Directory.Field(field.Tag);
            Assert.Equal((field.Type, Convert.ToHexString(field.Bytes)), (kept!.Type, Convert.ToHexString(kept.Bytes)));
        }
    }

    [Fact]
    public void A_raster_without_georeference_works_and_the_result_says_so()
    {
        Assert.False(new RasterPredictor(TileNetworks.Red(), Small).Predict(Raster(fields: []), Out()).HasGeoReference);
        Assert.Equal(7000, Values(Out()).Length);
    }

    [Theory]
    [InlineData(16, true, Compression.LZW, "w8")]
    [InlineData(16, false, Compression.ADOBE_DEFLATE, "wb")]
    [InlineData(8, false, Compression.NONE, "w")]
    public void Rasters_of_any_storage_are_predicted_alike(int bits, bool isTiled, Compression compression, string mode)
    {
        var path = _files.Free("in.tif");
        RasterFiles.Write(path, Size, new RasterKind { Bits = bits, IsTiled = isTiled, Compression = compression, Mode = mode });

        new RasterPredictor(TileNetworks.Red(), Small with { Output = RasterOutput.Probability }).Predict(path, Out());

        Assert.Equal(from y in Enumerable.Range(0, 70) from x in Enumerable.Range(0, 100) select (RasterFiles.Sample(x, y, 0, bits) >> (bits - 8)) / 255f, Values(Out()), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_network_of_five_channels_sees_five_bands()
    {
        var path = _files.Free("in.tif");
        RasterFiles.Write(path, Size, new RasterKind { Bands = 5, Bits = 16, Colors = Photometric.MINISBLACK });
        var model = TileNetworks.Of(images => images.narrow(1, 4, 1)) with { Mean = [0, 0, 0, 0, 0], Std = [1, 1, 1, 1, 1] };

        new RasterPredictor(model, Small with { Output = RasterOutput.FloatingPoint }).Predict(path, Out());
        Assert.Equal(RasterFiles.Sample(99, 69, 4, 16) / 65535f, Values(Out())[^1], 1e-6);

        var three = Assert.Throws<BadInputException>(() => new RasterPredictor(TileNetworks.Red(), Small).Predict(path, Out("other.tif")));
        Assert.Contains("has 5 bands, but the network takes 3", three.Message, StringComparison.Ordinal);
        var five = Assert.Throws<BadInputException>(() => new RasterPredictor(model, Small).Predict(Raster(), Out("other.tif")));
        Assert.Contains("has 3 bands, but the network takes 5", five.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Out("other.tif")));
    }

    [Fact]
    public void Normalisation_is_the_models()
    {
        var seen = (0f, 0f, 0f);
        var model = TileNetworks.Of(images =>
        {
            seen = (images[0, 0, 0, 0].item<float>(), images[0, 1, 0, 0].item<float>(), images[0, 2, 0, 0].item<float>());
            return images.narrow(1, 0, 1).sigmoid();
        }) with { Mean = [0.5f, 0.25f, 0], Std = [0.5f, 0.25f, 2] };

        new RasterPredictor(model, Small).Predict(Raster(sample: (_, _, band) => (byte)(band * 51)), Out());

        Assert.Equal((-1f, -0.2f, 0.2f), ((float)Math.Round(seen.Item1, 5), (float)Math.Round(seen.Item2, 5), (float)Math.Round(seen.Item3, 5)));
    }

    [Theory]
    [InlineData(ViewSet.Flips, 4)]
    [InlineData(ViewSet.D4, 8)]
    public void Views_are_averaged_with_their_inverse(ViewSet views, int count)
    {
        var calls = 0;
        // Besides red it adds a ramp from 0 to 0.1 down the rows: averaged over the views it becomes symmetric.
        var model = TileNetworks.Of(images =>
        {
            calls++;
            var ramp = linspace(0, 0.1, images.shape[2]).reshape(1, 1, -1, 1).to(ScalarType.Float32);
            return images.narrow(1, 0, 1).Plus(ramp);
        });
        var path = Raster(new PixelSize(32, 32), sample: (x, y, _) => (byte)((x + (2 * y)) % 200));

        new RasterPredictor(model, Small with { Views = views, Output = RasterOutput.FloatingPoint }).Predict(path, Out());

        var values = Values(Out());
        Assert.Equal(count, calls);
        Assert.All(Enumerable.Range(0, 1024), i => Assert.Equal((((i % 32) + (2 * (i / 32))) % 200 / 255f) + 0.05f, values[i], 1e-5));
    }

    [Fact]
    public void What_is_finished_is_not_made_again_unless_something_changed()
    {
        var calls = 0;
        RasterModel Counting(string identity) => TileNetworks.Of(images =>
        {
            calls++;
            return images.narrow(1, 0, 1);
        }) with { Identity = identity };
        int CallsOf(RasterModel model, RasterOptions options)
        {
            calls = 0;
            var result = new RasterPredictor(model, options).Predict(_files.Free("in.tif"), Out());
            Assert.Equal(calls == 0, result.WasFinished);
            Assert.True(result.HasGeoReference);
            return calls;
        }

        Raster();
        var all = CallsOf(Counting("a"), Small);
        Assert.True(all > 0);
        Assert.Equal(0, CallsOf(Counting("a"), Small));
        Assert.Equal(0, CallsOf(Counting("a"), Small with { Batch = 1 }));          // changes nothing but time
        Assert.Equal(all, CallsOf(Counting("b"), Small));                            // other weights
        Assert.Equal(all, CallsOf(Counting("b"), Small with { Threshold = 0.4 }));
        File.SetLastWriteTimeUtc(_files.Free("in.tif"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(all, CallsOf(Counting("b"), Small with { Threshold = 0.4 }));   // another input
        File.Delete(Out());
        Assert.Equal(all, CallsOf(Counting("b"), Small with { Threshold = 0.4 }));
        File.WriteAllText(Out() + ".json", "{ not ours");
        Assert.Equal(all, CallsOf(Counting("b"), Small with { Threshold = 0.4 }));
    }

    [Fact]
    public void Cancelled_in_the_middle_it_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Rows(row =>
        {
            if (row > 20) cancel.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => new RasterPredictor(TileNetworks.Red(), Small with { Polygons = new PolygonOptions() }).Predict(Raster(), Out(), progress, cancel.Token));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Out())!));
    }

    [Fact]
    public void Progress_counts_rows_up_to_the_last()
    {
        List<int> rows = [];

        new RasterPredictor(TileNetworks.Red(), Small).Predict(Raster(), Out(), new Rows(rows.Add));

        Assert.Equal([24, 38, 70], rows);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var path = Raster();
        var before = LiveTensors.Count();

        new RasterPredictor(TileNetworks.Of(TileNetworks.Convolutions), Small with { Views = ViewSet.D4 }).Predict(path, Out());

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_raster_that_turns_out_damaged_half_way_is_told_and_leaves_nothing()
    {
        var path = _files.Free("in.tif");
        RasterFiles.Write(path, Size, new RasterKind { IsTiled = true, Compression = Compression.ADOBE_DEFLATE });
        var bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xEE, bytes.Length / 2, 200);
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<DamagedPictureException>(() => new RasterPredictor(TileNetworks.Red(), Small).Predict(path, Out()));

        Assert.Contains("cannot be decoded", error.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(Out())!));
    }

    [Fact]
    public void A_picture_that_is_no_tiff_becomes_a_png()
    {
        var path = _files.Free("photo.png");
        RasterWriter.Write(path, PictureFiles.Fields(50, 40));

        new RasterPredictor(TileNetworks.Red(), Small with { Polygons = new PolygonOptions() }).Predict(path, Out("photo.png"));

        Assert.Equal("WKKW", PictureFiles.Corners(RasterReader.Read(Out("photo.png"))).Replace('?', 'K'));   // red and white have red
        Assert.Contains("no georeference", File.ReadAllText(Out("photo.geojson")), StringComparison.Ordinal);
        Assert.Throws<BadInputException>(() => new RasterPredictor(TileNetworks.Red(), Small with { Output = RasterOutput.FloatingPoint }).Predict(path, Out("floats.png")));
    }

    [Fact]
    public void The_input_is_never_overwritten()
    {
        var path = Raster();

        Assert.Throws<BadInputException>(() => new RasterPredictor(TileNetworks.Red(), Small).Predict(path, path));
    }

    private sealed class Rows(Action<int> take) : IProgress<RasterProgress>
    {
        public void Report(RasterProgress value) => take(value.Rows);
    }
}
