namespace Altar.Tests.Images;

/// <summary>GIFs of four grey levels, coded as GIF89a's appendix F describes: by the dictionary of what was sent before.</summary>
internal static class GifFiles
{
    public static byte[] Encode(int width, int height, Func<int, int, int> index)
    {
        var indices = Enumerable.Range(0, width * height).Select(i => index(i % width, i / width)).ToList();
        var bits = new List<int>();
        var known = new Dictionary<string, int> { ["0"] = 0, ["1"] = 1, ["2"] = 2, ["3"] = 3 };
        var (next, codeBits, text) = (6, 3, "");
        Send(4);
        foreach (var letter in indices)
        {
            var longer = text + letter;
            if (known.ContainsKey(longer))
            {
                text = longer;
                continue;
            }

            Send(known[text]);
            known[longer] = next++;
            if (next - 1 == 1 << codeBits && codeBits < 12) codeBits++;
            text = $"{letter}";
        }

        Send(known[text]);
        Send(5);
        byte[] data = [.. bits.Chunk(8).Select(chunk => (byte)chunk.Select((bit, at) => bit << at).Sum())];
        return
        [
            .. "GIF89a"u8, (byte)width, 0, (byte)height, 0, 0x81, 0, 0, 0, 0, 0, 80, 80, 80, 160, 160, 160, 255, 255, 255,
            0x2C, 0, 0, 0, 0, (byte)width, 0, (byte)height, 0, 0, 2, .. data.Chunk(255).SelectMany(block => block.Prepend((byte)block.Length)), 0, 0x3B,
        ];

        void Send(int code) => bits.AddRange(Enumerable.Range(0, codeBits).Select(bit => (code >> bit) & 1));
    }
}
