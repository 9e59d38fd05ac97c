using System.Collections.Concurrent;
using Altar.Images;
using Altar.Tensors;

namespace Altar.Datasets.Masks;

/// <summary>Reads every picture's header and every mask once before time is spent on training.</summary>
internal static class MaskCheck
{
    /// <returns>The pictures with their size and index, in order; null where picture or mask is damaged.</returns>
    /// <exception cref="BadInputException">Masks do not fit their pictures or classes; the message has the first few.</exception>
    public static MaskedPicture?[] Look(IReadOnlyList<MaskedPicture> pictures, ClassNames names, SetAside damaged, int threads, CancellationToken cancel)
    {
        var headers = PictureCheck.ReadHeaders([.. pictures.Select(picture => picture.Path)], damaged, threads, IsReadByParts, cancel);
        var looked = new MaskedPicture?[pictures.Count];
        var wrong = new ConcurrentDictionary<int, string>();
        Parallel.For(0, pictures.Count, Threads.Limit(threads, cancel), index =>
        {
            if (headers[index] is not { } header) return;
            try
            {
                if (header.Format == PictureFormat.Tiff && !CheckBands(pictures[index].Path, damaged)) return;
                looked[index] = Look(pictures[index] with { Size = header.Size }, names, damaged);
            }
            catch (BadInputException error)
            {
                wrong[index] = error.Message;
            }
        });

        if (wrong.IsEmpty) return looked;
        var first = wrong.OrderBy(pair => pair.Key).Take(3).Select(pair => pair.Value).ToList();
        throw new BadInputException(wrong.Count == 1 ? first[0] : $"{wrong.Count} of {pictures.Count} masks cannot be used, the first of them:\n  {string.Join("\n  ", first)}");
    }

    private static bool IsReadByParts(PictureHeader header) => header is { Format: PictureFormat.Tiff, Turn: ExifTurn.None };

    // A raster that is cut off, or has two bands, shows now and not in the first epoch.
    private static bool CheckBands(string path, SetAside damaged)
    {
        try
        {
            using var windows = TiffWindows.TryOpen(path);
            windows?.RequireColors();
            return true;
        }
        catch (DamagedPictureException error)
        {
            damaged.Add(path, error.Reason);
            return false;
        }
    }

    private static MaskedPicture? Look(MaskedPicture picture, ClassNames names, SetAside damaged)
    {
        try
        {
            return picture with { Index = MaskIndex.Of(picture.Mask, picture.Size, names.Values, names.IsObject) };
        }
        catch (DamagedPictureException error)
        {
            damaged.Add(picture.Path, $"its mask {error.Path} {error.Reason}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            damaged.Add(picture.Path, $"its mask {picture.Mask.Path} cannot be opened: {error.Message.TrimEnd('.')}");
        }

        return null;
    }
}
