using System.Globalization;
using System.IO.Compression;
using System.Text;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

/// <summary>The files are PyTorch 1.13's: bench/peers/weights.py.</summary>
public sealed class TorchFileTests : IDisposable
{
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "weights");
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-torch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData("small-zip.pth"), InlineData("small-legacy.pth")]
    public void Both_formats_give_every_type_and_layout_without_the_prefix_of_data_parallel_training(string name)
    {
        using var set = WeightsFile.Read(Path.Combine(Files, name));
        Assert.Equal(["plain", "turned", "part", "learned", "half", "brain", "double", "count", "flags", "nothing"], set.Tensors.Keys);
        Assert.Equal("float32 [2, 3] 0 1 2 3 4 5", Print("plain"));
        Assert.Equal("float32 [3, 2] 0 3 1 4 2 5", Print("turned"));
        Assert.Equal("float32 [2] 2 3", Print("part"));
        Assert.Equal("float32 [2] 1.5 -2.5", Print("learned"));
        Assert.Equal("float16 [2] 0.5 1", Print("half"));
        Assert.Equal("bfloat16 [2] 0.25 3", Print("brain"));
        Assert.Equal("float64 [1, 1] 0.125", Print("double"));
        Assert.Equal("int64 [] 7", Print("count"));
        Assert.Equal("bool [2] 1 0", Print("flags"));
        Assert.Equal("float32 [0, 3]", Print("nothing"));

        string Print(string key)
        {
            using var scope = NewDisposeScope();
            var tensor = set.Tensors[key];
            var numbers = tensor.to(float64).flatten().data<double>().ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture));
            return $"{tensor.dtype.ToString().ToLowerInvariant()} [{string.Join(", ", tensor.shape)}] {string.Join(" ", numbers)}".TrimEnd();
        }
    }

    [Theory, InlineData("small-zip.pth"), InlineData("small-legacy.pth")]
    public void A_file_cut_anywhere_is_an_error_and_leaves_no_tensor(string name)
    {
        var whole = File.ReadAllBytes(Path.Combine(Files, name));
        var before = LiveTensors.Count();
        for (var length = 0; length < whole.Length; length += 13) Assert.Contains("cut.pth", Assert.Throws<BadInputException>(() => Read("cut.pth", whole[..length])).Message);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory, InlineData("small-zip.pth"), InlineData("small-legacy.pth")]
    public void A_file_with_one_byte_changed_is_read_or_is_an_error(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Files, name));
        var before = LiveTensors.Count();
        byte[] values = [0x00, 0x7f, 0xff];
        for (var i = 0; i < bytes.Length; i += 5)
        {
            var kept = bytes[i];
            bytes[i] = values[i % values.Length];
            if (Record.Exception(() => Read("changed.pth", bytes)) is { } error) Assert.IsType<BadInputException>(error);
            bytes[i] = kept;
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_name_that_weights_do_not_need_is_an_error_that_names_it_and_is_not_called()
    {
        var proof = Path.Combine(_folder, "proof");
        var attack = $"\u0080\u0002cposix\nsystem\nX{(char)(proof.Length + 6)}\0\0\0touch {proof}\u0085R.";
        Assert.Contains("posix.system", Assert.Throws<BadInputException>(() => Read("attack.pth", Zip(Encoding.Latin1.GetBytes(attack)))).Message);
        Assert.False(File.Exists(proof));
    }

    [Fact]
    public void A_whole_module_is_an_error_that_names_its_class() =>
        Assert.Contains("torch.nn.modules.linear.Linear", Assert.Throws<BadInputException>(() => WeightsFile.Read(Path.Combine(Files, "whole-module.pth"))).Message);

    /// <summary>A storage of one number, seen as 10^9 by 10^9 with strides of 0, as one in ten to the ninth of the file, and as a storage of 2^60.</summary>
    [Theory]
    [InlineData(1, "K\u0000", "\u008a\u0008\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u008a\u0008\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0086", "K\u0000K\u0000\u0086")]
    [InlineData(1, "K\u0000", "J\u00ff\u00ff\u00ff\u007f\u0085", "K\u0001\u0085")]
    [InlineData(1, "K\u0001", "K\u0001\u0085", "K\u0001\u0085")]
    [InlineData(1, "K\u0000", "J\u00ff\u00ff\u00ff\u00ff\u0085", "K\u0001\u0085")]
    [InlineData(0, "K\u0000", "K\u0001\u0085", "K\u0001\u0085")]
    public void Claims_that_the_storage_does_not_hold_are_errors_before_memory_is_asked_for(int isSmall, string offset, string shape, string strides)
    {
        var count = isSmall == 1 ? "K\u0001" : "\u008a\u0008\0\0\0\0\0\0\0\u0010";
        var pickle = $"\u0080\u0002}}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpu{count}tQ{offset}{shape}{strides}\u0089}}tRs.";
        var error = Assert.Throws<BadInputException>(() => Read("claims.pth", Zip(Encoding.Latin1.GetBytes(pickle), new byte[4])));
        Assert.Contains(isSmall == 1 ? "'w' leaves its storage" : "needs 4611686018427387904 bytes", error.Message);
    }

    [Fact]
    public void A_text_that_claims_a_thousand_million_letters_is_an_error() =>
        Assert.Contains("claims", Assert.Throws<BadInputException>(() => Read("long.pth", Zip(Encoding.Latin1.GetBytes("\u0080\u0002X\0\u00ca\u009a;abc.")))).Message);

    [Fact]
    public void A_checkpoint_without_tensors_is_an_error() =>
        Assert.Contains("no tensors by name", Assert.Throws<BadInputException>(() => Read("empty.pth", Zip(Encoding.Latin1.GetBytes("\u0080\u0002}.")))).Message);

    [Fact]
    public void A_zip_of_something_else_is_an_error() =>
        Assert.Contains("no PyTorch file", Assert.Throws<BadInputException>(() => Read("other.pth", Zip([], index: "readme.txt"))).Message);

    [Theory, InlineData("short"), InlineData("a text that is no weights file")]
    public void A_file_of_another_kind_is_an_error(string text) => Assert.Contains("other.pth", Assert.Throws<BadInputException>(() => Read("other.pth", Encoding.ASCII.GetBytes(text))).Message);

    [Fact]
    public void A_missing_file_is_an_error() => Assert.Contains("gone.pth", Assert.Throws<BadInputException>(() => WeightsFile.Read(Path.Combine(_folder, "gone.pth"))).Message);

    /// <summary>pytorch_resnet_cifar10's file, legacy format, keys under state_dict with "module.".</summary>
    [Fact]
    public void The_legacy_file_of_resnet20_equals_its_safetensors_tensor_for_tensor()
    {
        var folder = TestWeights.FolderOrSkip();
        using var legacy = WeightsFile.Read(Path.Combine(folder, "resnet20-12fca82f.th"));
        using var plain = WeightsFile.Read(Path.Combine(folder, "resnet20-12fca82f.safetensors"));
        Assert.Equal(plain.Tensors.Keys.Order(), legacy.Tensors.Keys.Order());
        using var scope = NewDisposeScope();
        Assert.All(legacy.Tensors, entry => Assert.True(entry.Value.equal(plain.Tensors[entry.Key]).all().item<bool>(), entry.Key));
    }

    private void Read(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        WeightsFile.Read(path).Dispose();
    }

    private static byte[] Zip(byte[] pickle, byte[]? storage = null, string index = "data.pkl")
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add($"archive/{index}", pickle);
            if (storage is not null) Add("archive/data/0", storage);

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }
}
