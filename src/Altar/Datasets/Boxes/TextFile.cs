using System.Globalization;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Boxes;

/// <summary>Boxes or points in a text file a picture, one a line.</summary>
/// <remarks>
/// <c>x1 y1 x2 y2 type</c> in pixels (DeepPCB), <c>class cx cy w h</c> in shares of the picture (YOLO), or <c>x y class</c> in pixels for points.
/// A file whose last four columns are all at most 1 is YOLO's.
/// </remarks>
public static class TextFile
{
    /// <summary>Reads a file; an empty one marks nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">Size of the picture, for YOLO's shares.</param>
    /// <exception cref="BadInputException">A line is none of these.</exception>
    public static MarkedPicture Read(string path, PixelSize picture)
    {
        var lines = File.ReadLines(path)
            .Select((text, index) => (Line: index + 1, Words: text.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Words.Length > 0)
            .ToList();
        var isYolo = lines.Count > 0 && lines.All(line => line.Words.Length == 5 && line.Words[1..].All(IsShare));
        return new MarkedPicture(null, [.. lines.Select(line => ToObject(line.Words, isYolo, picture, $"{path}: line {line.Line}"))]);
    }

    private static bool IsShare(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1;

    private static MarkedObject ToObject(string[] words, bool isYolo, PixelSize picture, string where)
    {
        if (words.Length == 3) return new MarkedPoint(words[2], Number(words[0], where), Number(words[1], where));
        if (words.Length != 5) throw new BadInputException($"{where} has {words.Length} columns. Write x1 y1 x2 y2 type in pixels, class cx cy w h in shares of the picture, or x y class for a point.");
        var box = isYolo ? FromYolo(words, picture, where) : new MarkedBox(words[4], Number(words[0], where), Number(words[1], where), Number(words[2], where), Number(words[3], where));
        return box.Right > box.Left && box.Bottom > box.Top ? box : throw new BadInputException($"{where}: the box ends before it begins. Exchange its corners, or remove the line.");
    }

    private static MarkedBox FromYolo(string[] words, PixelSize picture, string where)
    {
        var (x, y) = (Number(words[1], where) * picture.Width, Number(words[2], where) * picture.Height);
        var (width, height) = (Number(words[3], where) * picture.Width, Number(words[4], where) * picture.Height);
        return new MarkedBox(words[0], x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));
    }

    private static double Number(string word, string where) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value
        : throw new BadInputException($"{where}: '{word}' is no number. Write x1 y1 x2 y2 type in pixels, class cx cy w h in shares of the picture, or x y class for a point.");
}
