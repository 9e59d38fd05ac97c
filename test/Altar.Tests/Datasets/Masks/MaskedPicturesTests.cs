using Altar.Datasets;
using Altar.Datasets.Masks;
using Altar.Images;
using Altar.Images.GeoTiff;
using Altar.Tests.Images;

namespace Altar.Tests.Datasets.Masks;

public sealed class MaskedPicturesTests : IDisposable
{
    private readonly MaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_and_masks_of_one_name_are_pairs_and_white_is_the_class()
    {
        foreach (var name in (string[])["a", "b", "c", "d"]) _folder.Add(name, ending: ".jpg");

        var pictures = _folder.Open();

        Assert.Equal((2, 2), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
        Assert.Equal(["building"], pictures.Train.Classes);
        Assert.Equal(["background", "building"], pictures.ValueNames);
        var picture = pictures.Train.Pictures[0];
        Assert.Equal(new PixelSize(32, 24), picture.Size);
        Assert.Equal([(32 * 24) - (16 * 12), 16 * 12], picture.Index.Pixels);
        Assert.Equal((0, 1), (MaskFolder.MaskOf(picture).Row(0)[0], MaskFolder.MaskOf(picture).Row(12)[16]));
    }

    [Fact]
    public void Masks_may_have_mask_behind_the_name_and_patterns_say_other_names()
    {
        _folder.AddImage("a_test.png");
        _folder.AddImage("a_temp.png");
        _folder.AddImage("b_test.png");
        _folder.AddMask("a_test_mask.png", 32, 24, (_, _) => 255);
        _folder.AddMask("b_test.png", 32, 24, (x, _) => x > 3 ? 255 : 0);
        _folder.AddMask("x_mask.png", 32, 24, (_, _) => 0);

        Assert.Contains("1 of 3 pictures have no mask", _folder.Error(), StringComparison.Ordinal);
        Assert.Contains("a_temp.png; 1 of 3 masks have no picture", _folder.Error(), StringComparison.Ordinal);
        Assert.Contains("images: x_mask.png", _folder.Error(), StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder.Masks, "x_mask.png"));
        _folder.AddMask("b_test_mask.png", 32, 24, (_, _) => 255);
        var pictures = MaskFolder.All(_folder.Open(_folder.Options() with { ImageFiles = "*_test.png", MaskFiles = "*_test_mask.png" })).ToList();
        Assert.Equal(["a_test.png", "b_test.png"], pictures.Select(picture => Path.GetFileName(picture.Path)));
        Assert.All(pictures, picture => Assert.Equal(32 * 24, picture.Index.Pixels[1]));
    }

    [Fact]
    public void A_manifest_names_masks_in_a_column_and_groups()
    {
        foreach (var name in (string[])["a", "b", "c", "d"]) _folder.Add(name);
        var manifest = _folder.Write("train.csv", "image,gt,sender\nimages/a.png,gt/a.png,1\nimages/b.png,gt/b.png,1\nimages/c.png,gt/c.png,2\nimages/d.png,gt/d.png,2\n");
        var options = _folder.Options() with { Train = manifest, Masks = "gt", Group = "sender" };

        var pictures = _folder.Open(options);

        Assert.Equal((2, 2), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
        Assert.Single(pictures.Train.Pictures.Select(picture => picture.Group).Distinct());
        Assert.Contains("'mask' is neither a path nor a column", _folder.Error(options with { Masks = "mask" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_a_folder_that_begin_alike_are_groups()
    {
        foreach (var name in (string[])["a_1", "a_2", "b_1", "b_2"]) _folder.Add(name);

        var pictures = _folder.Open(_folder.Options() with { Group = "*_" });

        Assert.Equal((2, 2), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
        Assert.Single(pictures.Val.Pictures.Select(picture => Path.GetFileName(picture.Path)[0]).Distinct());
        Assert.Contains("data.group: 'sender' needs exactly one star", _folder.Error(_folder.Options() with { Group = "sender" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_list_chooses_pictures_and_masks_of_others_may_be_there()
    {
        foreach (var name in (string[])["a", "b", "c"]) _folder.Add(name);

        var pictures = _folder.Open(_folder.Options() with { Train = _folder.Write("train.txt", "a\nb\n"), Val = _folder.Write("val.txt", "c\n") });

        Assert.Equal(["a.png", "b.png", "c.png"], MaskFolder.All(pictures).Select(picture => Path.GetFileName(picture.Path)));
        Assert.Contains("1 of 2 pictures are missing: z", _folder.Error(_folder.Options() with { Train = _folder.Write("z.txt", "a\nz\n") }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_is_named_with_both_sizes()
    {
        foreach (var name in (string[])["a", "b"]) _folder.Add(name);
        _folder.AddMask("b.png", 30, 24, (_, _) => 0);

        var error = _folder.Error();

        Assert.Contains("b.png: the mask is 30x24 pixels and its picture", error, StringComparison.Ordinal);
        Assert.Contains("b.png is 32x24", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_outside_of_the_classes_is_named_with_its_place()
    {
        foreach (var name in (string[])["a", "b"]) _folder.AddImage(name + ".png");
        _folder.AddMask("a.png", 32, 24, (x, y) => (x, y) == (5, 7) ? 3 : 1);
        _folder.AddMask("b.png", 32, 24, (_, _) => 255);

        Assert.Contains("a.png: the mask has 3 at column 5, row 7, which is no class. Classes are 0 to 2 (background, roof, road)", _folder.Error(_folder.Options("background", "roof", "road")), StringComparison.Ordinal);
        Assert.Equal(32 * 24, MaskFolder.All(_folder.Open(_folder.Options("background", "roof", "road", "car"))).Last().Index.Ignored);
    }

    [Fact]
    public void Soft_edges_are_refused_where_0_and_255_are_expected_and_grey_is_the_cure()
    {
        foreach (var name in (string[])["a", "b"]) _folder.AddImage(name + ".png");
        _folder.AddMask("a.png", 32, 24, (x, _) => x * 8);
        _folder.AddMask("b.png", 32, 24, (_, _) => 1);

        Assert.Contains("the mask has 8 at column 1, row 0", _folder.Error(), StringComparison.Ordinal);
        Assert.Contains("data.mask_kind=grey", _folder.Error(), StringComparison.Ordinal);
        var pixels = MaskFolder.All(_folder.Open(_folder.Options() with { MaskKind = MaskKind.Grey })).First().Index.Pixels;
        Assert.Equal([16 * 24, 16 * 24], pixels);
    }

    [Fact]
    public void Two_classes_with_0_and_255_must_say_what_255_is()
    {
        foreach (var name in (string[])["a", "b"]) _folder.Add(name);

        Assert.Contains("data.mask_kind=binary if 255 is building, or index if it is ignored", _folder.Error(_folder.Options("background", "building")), StringComparison.Ordinal);
        Assert.Equal(16 * 12, MaskFolder.All(_folder.Open(_folder.Options("background", "building") with { MaskKind = MaskKind.Binary })).First().Index.Pixels[1]);
    }

    [Fact]
    public void Colours_are_read_by_a_table()
    {
        foreach (var name in (string[])["a", "b"])
        {
            _folder.AddImage(name + ".png", 4, 4);
            RasterWriter.Write(Path.Combine(_folder.Masks, name + ".png"), PictureFiles.Fields(4, 4));   // red, green over blue, white
        }

        var options = _folder.Options("background", "roof", "road") with
        {
            Colors = new Dictionary<string, string> { ["background"] = "#ff0000", ["roof"] = "#00ff00", ["road"] = "#0000ff", ["ignored"] = "#ffffff" },
        };

        var picture = MaskFolder.All(_folder.Open(options)).First();

        Assert.Equal([0, 0, 1, 1], MaskFolder.MaskOf(picture).Row(0).ToArray());
        Assert.Equal([2, 2, 255, 255], MaskFolder.MaskOf(picture).Row(3).ToArray());
        Assert.Contains("the mask has the colour #ffffff at column 2, row 2", _folder.Error(options with { Colors = options.Colors.Where(pair => pair.Key != "ignored").ToDictionary() }), StringComparison.Ordinal);
        Assert.Contains("no colour for 'road'", _folder.Error(options with { Colors = new Dictionary<string, string> { ["background"] = "#ff0000", ["roof"] = "#00ff00" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_mask_sets_its_picture_aside_and_too_many_stop_the_run()
    {
        for (var i = 0; i < 24; i++) _folder.Add($"p{i:00}");
        File.WriteAllText(Path.Combine(_folder.Masks, "p03.png"), "nothing");

        var pictures = _folder.Open();

        Assert.EndsWith("p03.png", Assert.Single(pictures.SetAside.Items).Path, StringComparison.Ordinal);
        Assert.StartsWith("its mask ", pictures.SetAside.Items[0].Reason, StringComparison.Ordinal);
        Assert.Equal((24, 23), (pictures.Named, MaskFolder.All(pictures).Count()));
        Assert.Contains(pictures.Warnings, warning => warning.StartsWith("1 of 24 pictures cannot be used", StringComparison.Ordinal));

        File.WriteAllText(Path.Combine(_folder.Masks, "p04.png"), "nothing");
        Assert.Contains("2 of 24 pictures cannot be read", _folder.Error(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tiff_that_is_cut_off_shows_before_training()
    {
        for (var i = 0; i < 41; i++) _folder.Add($"p{i:00}", ending: ".tif");
        var (image, mask) = (Path.Combine(_folder.Images, "p03.tif"), _folder.AddMask("p05.tif", 32, 24, (x, y) => x * y % 2 * 255));
        File.Delete(Path.Combine(_folder.Masks, "p05.png"));
        foreach (var path in (string[])[image, mask]) TestPictures.CutOff(path);

        var damaged = _folder.Open().SetAside.Items;

        Assert.Equal(["p03.tif", "p05.tif"], damaged.Select(picture => Path.GetFileName(picture.Path)));
        Assert.StartsWith($"its mask {mask} ", damaged[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Bands_that_are_no_picture_or_no_mask_are_named_with_a_cure_that_training_has(int bands)
    {
        foreach (var name in (string[])["a", "b"]) _folder.Add(name, ending: ".tif");
        var form = new GeoTiffForm { Size = new PixelSize(32, 24), Bands = bands };
        GeoTiffWriter.Write(Path.Combine(_folder.Images, "b.tif"), form, file => file.WriteRows(new byte[32 * 24 * bands]));

        Assert.EndsWith($"b.tif has {bands} bands, but the network takes 3 (red, green, blue; a fourth may be alpha). Write a file with three of them, e.g. gdal_translate -b 1 -b 2 -b 3.", _folder.Error(), StringComparison.Ordinal);

        _folder.AddImage("b.tif");
        File.Delete(Path.Combine(_folder.Masks, "b.png"));
        GeoTiffWriter.Write(Path.Combine(_folder.Masks, "b.tif"), form, file => file.WriteRows(new byte[32 * 24 * bands]));

        Assert.EndsWith($"b.tif: the mask has {bands} bands; a mask has one of 8 bits. Keep the band that holds it: gdal_translate -b 1.", _folder.Error(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_pixels_is_warned_of()
    {
        foreach (var name in (string[])["a", "b"])
        {
            _folder.AddImage(name + ".png");
            _folder.AddMask(name + ".png", 32, 24, (_, _) => 0);
        }

        Assert.Contains("No pixel of train is 'building', so it cannot be learnt.", _folder.Open().Warnings);
    }

    [Fact]
    public void Boxes_of_files_become_masks_by_their_names()
    {
        foreach (var name in (string[])["a", "b"])
        {
            _folder.AddImage(name + ".png", 10, 10);
            _folder.Write($"gt/{name}.txt", "0 0 4 4 1\n5 5 9 9 2\n");
        }

        var one = MaskFolder.All(_folder.Open(_folder.Options("defect"))).First();
        Assert.Equal([68, 32], one.Index.Pixels);

        var two = _folder.Options("background", "open", "short");
        Assert.Contains("a.txt: a thing is of class 1, a number", _folder.Error(two), StringComparison.Ordinal);
        Assert.Equal([84, 16, 0], MaskFolder.All(_folder.Open(two with { Names = new Dictionary<string, string> { ["1"] = "open", ["2"] = "background" } })).First().Index.Pixels);
        Assert.Contains("data.names: 'shrt' is no class", _folder.Error(two with { Names = new Dictionary<string, string> { ["1"] = "shrt" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_coco_file_chooses_the_pictures_that_it_names()
    {
        foreach (var name in (string[])["a", "b", "c"]) _folder.AddImage(name + ".png", 10, 10);
        var json = _folder.Write("coco.json", """
            {"images": [{"id": 1, "file_name": "a.png", "width": 10, "height": 10}, {"id": 2, "file_name": "b.png"}], "categories": [{"id": 1, "name": "roof"}],
             "annotations": [{"image_id": 1, "category_id": 1, "segmentation": [[0, 0, 5, 0, 5, 10, 0, 10]]}, {"image_id": 2, "category_id": 1, "bbox": [0, 0, 2, 2]}]}
            """);

        var pictures = _folder.Open(_folder.Options("roof") with { Masks = json });

        Assert.Equal([50L, 4L], MaskFolder.All(pictures).Select(picture => picture.Index.Pixels[1]));
        Assert.Contains(pictures.Warnings, warning => warning.StartsWith("1 of 3 pictures", StringComparison.Ordinal));
        File.Delete(Path.Combine(_folder.Images, "b.png"));
        Assert.Contains("1 of 2 pictures are not in", _folder.Error(_folder.Options("roof") with { Masks = json }), StringComparison.Ordinal);
    }

    [Fact]
    public void Bccd_boxes_are_cells_against_the_background()
    {
        if (Environment.GetEnvironmentVariable("ALTAR_DATA") is not { Length: > 0 } data) { Assert.Skip("ALTAR_DATA is not set"); return; }
        var options = new DataOptions
        {
            Train = Path.Combine(data, "bccd", "train.txt"), Val = Path.Combine(data, "bccd", "val.txt"), Masks = Path.Combine(data, "bccd", "annotations"),
            Classes = ["cell"], Boxes = BoxShape.Ellipse,
        };

        var pictures = _folder.Open(options);

        Assert.Equal((110, 40), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
        Assert.All(pictures.Train.Pictures, picture => Assert.True(picture.Index.Pixels[1] > 0));
    }

    [Fact]
    public void Deeppcb_has_pictures_templates_and_boxes_in_one_folder()
    {
        if (Environment.GetEnvironmentVariable("ALTAR_DATA") is not { Length: > 0 } data) { Assert.Skip("ALTAR_DATA is not set"); return; }
        var (train, val) = (Path.Combine(data, "deeppcb", "train"), Path.Combine(data, "deeppcb", "val"));

        var pictures = _folder.Open(new DataOptions { Train = train, Masks = train, Val = val, ValMasks = val, Classes = ["defect"], ImageFiles = "*_test.jpg", MaskFiles = "*.txt" });

        Assert.Equal((110, 40), (pictures.Train.Pictures.Count, pictures.Val.Pictures.Count));
    }
}
