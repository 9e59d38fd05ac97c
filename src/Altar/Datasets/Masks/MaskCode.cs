using System.Globalization;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Turns the pixels of mask pictures into classes.</summary>
internal sealed class MaskCode
{
    private const byte Unknown = 254;
    private readonly ClassNames _names;
    private readonly MaskKind _kind;
    private readonly Dictionary<int, byte> _colors;

    public MaskCode(DataOptions options, ClassNames names)
    {
        _names = names;
        _colors = Table(options, names);
        _kind = options.MaskKind == MaskKind.Auto && _colors.Count > 0 ? MaskKind.Color : options.MaskKind;
        if (_kind == MaskKind.Color && _colors.Count == 0) throw new BadInputException($"data.mask_kind is color and data.colors is empty. Write the colour of each class, e.g. data.colors={{{names.Classes[0]}: \"#ff0000\"}}.");
        if (_kind != MaskKind.Color && _colors.Count > 0) throw new BadInputException("data.colors is given and data.mask_kind is not color. Remove one of them.");
        if (_kind is MaskKind.Binary or MaskKind.Grey && names.Values != 2) throw new BadInputException($"data.mask_kind is {_kind.ToString().ToLowerInvariant()}, which tells two values apart, and data.classes has {names.Classes.Count} names. Write index or color.");
    }

    /// <summary>Reads a mask.</summary>
    /// <exception cref="DamagedPictureException">The file cannot be read as a picture.</exception>
    /// <exception cref="BadInputException">A pixel is of no class.</exception>
    public Mask Read(string path) => _kind == MaskKind.Color ? OfColors(path, RasterReader.Read(path)) : OfNumbers(path, MaskReader.ReadNumbers(path));

    /// <summary>Reads a part of a mask in a TIFF.</summary>
    public Mask Read(RasterWindows windows, PixelBox part) =>
        _kind == MaskKind.Color ? OfColors(windows.Path, windows.Read(part), part) : OfNumbers(windows.Path, MaskReader.ReadNumbers(windows, part), part);

    /// <summary>Replaces stored numbers by classes, in place.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stored">The numbers.</param>
    /// <param name="part">Where in the file they lie.</param>
    public Mask OfNumbers(string path, Mask stored, PixelBox part = default)
    {
        Span<long> counts = stackalloc long[256];
        foreach (var value in stored.Values) counts[value]++;
        Span<byte> labels = stackalloc byte[256];
        var kind = Kind(path, counts);
        for (var value = 0; value < 256; value++)
        {
            labels[value] = LabelOf(value, kind);
            if (counts[value] > 0 && labels[value] == Unknown) throw NoClass(path, stored, part, (byte)value, kind);
        }

        foreach (ref var value in stored.Values.AsSpan()) value = labels[value];
        return stored;
    }

    /// <summary>Colours to classes.</summary>
    public Mask OfColors(string path, Raster picture, PixelBox part = default)
    {
        var mask = new Mask(picture.Size);
        var (pixels, lastColor, last) = (picture.Pixels, -1, Unknown);
        for (var i = 0; i < mask.Values.Length; i++)
        {
            var color = (pixels[i * 3] << 16) | (pixels[(i * 3) + 1] << 8) | pixels[(i * 3) + 2];
            if (color != lastColor)
            {
                lastColor = color;
                if (!_colors.TryGetValue(color, out last)) last = _names.IsBinary ? (byte)0 : throw NoClass(path, $"the colour #{color:x6}", Place(mask.Size, part, i), $"The table knows {string.Join(", ", _colors.Keys.Select(known => $"#{known:x6}"))}: add it to data.colors (as a class, or as 'ignored'), or mend the mask; JPEG blurs colours, PNG keeps them.");
            }

            mask.Values[i] = last;
        }

        return mask;
    }

    private MaskKind Kind(string path, ReadOnlySpan<long> counts)
    {
        if (_kind != MaskKind.Auto) return _kind;
        var hasOthers = counts[1..255].ContainsAnyExcept(0);
        if (_names.IsBinary) return counts[255] > 0 || hasOthers && counts[1] == 0 ? MaskKind.Binary : MaskKind.Index;
        if (_names.Values == 2 && counts[255] > 0 && !hasOthers)
            throw new BadInputException($"{path}: the mask holds only 0 and 255, and there are two classes. Write data.mask_kind=binary if 255 is {_names.Classes[1]}, or index if it is ignored.");
        return MaskKind.Index;
    }

    private byte LabelOf(int value, MaskKind kind) => kind switch
    {
        MaskKind.Grey => (byte)(value >= 128 ? 1 : 0),
        MaskKind.Binary => value switch { 0 => 0, 255 => 1, _ => Unknown },
        _ => value == Mask.Ignored ? Mask.Ignored : value < _names.Values ? (byte)value : Unknown,
    };

    private BadInputException NoClass(string path, Mask mask, PixelBox part, byte value, MaskKind kind)
    {
        var at = Place(mask.Size, part, mask.Values.AsSpan().IndexOf(value));
        return kind == MaskKind.Binary
            ? NoClass(path, $"{value}", at, "Masks of one class hold 0 and 255 (or 0 and 1). Write data.mask_kind=grey to take 128 and above as the class, e.g. where masks are JPEG or have soft edges, or index where 255 is ignored.")
            : NoClass(path, $"{value}", at, $"Classes are 0 to {_names.Values - 1} ({Names.Few([.. Enumerable.Range(0, _names.Values).Select(_names.NameOf)])}), and 255 is ignored: add the class to data.classes, or mend the mask.");
    }

    private static BadInputException NoClass(string path, string what, (int X, int Y) at, string cure) =>
        new($"{path}: the mask has {what} at column {at.X}, row {at.Y}, which is no class. {cure}");

    private static (int X, int Y) Place(PixelSize size, PixelBox part, int index) => (part.X + (index % size.Width), part.Y + (index / size.Width));

    private static Dictionary<int, byte> Table(DataOptions options, ClassNames names)
    {
        var table = new Dictionary<int, byte>();
        if (options.Colors is not { Count: > 0 } colors) return table;
        foreach (var name in names.Classes.Where(name => !colors.ContainsKey(name))) throw new BadInputException($"data.colors has no colour for '{name}'. Write one for each class, e.g. {{{name}: \"#ff0000\"}}.");
        foreach (var (name, text) in colors)
        {
            if (text.Length != 7 || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var color))
                throw new BadInputException($"data.colors.{name}: '{text}' is no colour. Write it as \"#rrggbb\", in quotes.");
            if (!table.TryAdd(color, names.ValueOf(name, "colors"))) throw new BadInputException($"data.colors.{name}: '{text}' is the colour of another class too. Classes need different colours.");
        }

        return table;
    }
}
