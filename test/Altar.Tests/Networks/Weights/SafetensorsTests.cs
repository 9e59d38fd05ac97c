using System.Buffers.Binary;
using System.Text;
using Altar.Networks.Weights;
using Altar.Tensors;
using static TorchSharp.torch;

namespace Altar.Tests.Networks.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("altar-safetensors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<ScalarType> Types => [float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, @bool];

    [Theory, MemberData(nameof(Types))]
    public void What_is_written_is_read_again(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var written = new Dictionary<string, Tensor>
        {
            ["matrix"] = tensor(new float[] { 0, 1, 2, 3, 4, 5 }).reshape(2, 3).to(type),
            ["turned"] = tensor(new float[] { 0, 1, 2, 3, 4, 5 }).reshape(2, 3).to(type).t(),
            ["number"] = tensor(1f).to(type),
            ["nothing"] = zeros([0, 4], type),
        };
        using var read = RoundTrip(written);
        Assert.Equal(written.Keys.Order(), read.Tensors.Keys.Order());
        Assert.All(written, entry =>
        {
            Assert.Equal(type, read.Tensors[entry.Key].dtype);
            Assert.Equal(entry.Value.shape, read.Tensors[entry.Key].shape);
            Assert.True(entry.Value.equal(read.Tensors[entry.Key]).all().item<bool>(), entry.Key);
        });
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_in_whatever_order_it_comes()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(2), zeros(3, int64));
        var texts = new Dictionary<string, string> { ["x"] = "1", ["a"] = "2" };
        Assert.Equal(Bytes(new() { ["a"] = a, ["b"] = b }, texts), Bytes(new() { ["b"] = b, ["a"] = a }, texts.Reverse().ToDictionary()));
    }

    /// <summary>Wide elements first, the header padded with blanks to a multiple of 8.</summary>
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var scope = NewDisposeScope();
        var bytes = Bytes(new() { ["b"] = tensor(1f), ["a"] = tensor(2L) }, new() { ["who"] = "me" });
        const string Header = """{"__metadata__":{"who":"me"},"a":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}""";
        var padded = (Header.Length + 7) / 8 * 8;
        Assert.Equal(padded, BinaryPrimitives.ReadInt64LittleEndian(bytes));
        Assert.Equal(Header.PadRight(padded), Encoding.UTF8.GetString(bytes, 8, padded));
        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f], bytes[(8 + padded)..]);
    }

    // 0x80 is also what a pickle begins with.
    [Fact]
    public void The_length_of_the_header_may_begin_with_any_byte()
    {
        var path = Path.Combine(_folder, "any.safetensors");
        var firstBytes = new HashSet<byte>();
        for (var length = 0; length < 256; length += 8)
        {
            Safetensors.Write(path, new Dictionary<string, Tensor>(), new Dictionary<string, string> { ["text"] = new('x', length) });
            firstBytes.Add(File.ReadAllBytes(path)[0]);
            using var set = WeightsFile.Read(path);
            Assert.Equal(length, set.Metadata["text"].Length);
        }

        Assert.Contains((byte)0x80, firstBytes);
    }

    [Fact]
    public void Metadata_comes_back()
    {
        using var scope = NewDisposeScope();
        using var read = RoundTrip(new() { ["a"] = ones(1) }, new() { ["format"] = "pt" });
        Assert.Equal("pt", read.Metadata["format"]);
    }

    [Fact]
    public void Writing_and_reading_leave_no_tensor_behind()
    {
        using var tensor = ones(2, 2);
        var before = LiveTensors.Count();
        RoundTrip(new() { ["a"] = tensor }).Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_file_cut_anywhere_is_an_error_and_leaves_no_tensor()
    {
        using var tensor = ones(3);
        var whole = Bytes(new() { ["a"] = tensor, ["b"] = tensor });
        var before = LiveTensors.Count();
        for (var length = 0; length < whole.Length; length++) Assert.Contains("x.safetensors", Assert.Throws<BadInputException>(() => Read(whole[..length])).Message);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4]}}""", "needs 4000000000000 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", "needs")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4000000000]}}""", "lies at")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "lies at")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", "lies at")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"I8","shape":[2],"data_offsets":[0,4]}}""", "its shape asks for 2")]
    [InlineData("""{"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"I8","shape":[2],"data_offsets":[1,3]}}""", "starts at 1")]
    [InlineData("""{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"I8","shape":[2],"data_offsets":[2,4]}}""", "starts at 2")]
    [InlineData("""{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""", "3 bytes follow")]
    [InlineData("""{"a":{"dtype":"F8_E5M2","shape":[4],"data_offsets":[0,4]}}""", "F8_E5M2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "comes twice")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "header is damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "header is damaged")]
    [InlineData("""{"a":[]}""", "header is damaged")]
    [InlineData("""{"a":""", "header is damaged")]
    public void A_header_that_lies_is_an_error_that_says_how(string header, string message)
    {
        var bytes = new byte[8 + header.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(8));
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Read(bytes)).Message);
    }

    private TensorSet RoundTrip(Dictionary<string, Tensor> tensors, Dictionary<string, string>? metadata = null)
    {
        var path = Path.Combine(_folder, "x.safetensors");
        Safetensors.Write(path, tensors, metadata);
        return WeightsFile.Read(path);
    }

    private void Read(byte[] bytes)
    {
        var path = Path.Combine(_folder, "x.safetensors");
        File.WriteAllBytes(path, bytes);
        WeightsFile.Read(path).Dispose();
    }

    private static byte[] Bytes(Dictionary<string, Tensor> tensors, Dictionary<string, string>? metadata = null)
    {
        using var buffer = new MemoryStream();
        Safetensors.Write(buffer, tensors, metadata);
        return buffer.ToArray();
    }
}
