// Compiled twice: by MSBuild as an inline task (Altar.targets), and into the library for NativeLibraries.Prepare().
#nullable disable
#pragma warning disable IDE0005, IDE0161 // MSBuild's compiler has neither implicit usings nor file-scoped namespaces.
using System;
using System.IO;
using System.Text;

namespace Altar.Tensors
{
    /// <summary>Edits the version needs (.gnu.version_r) of a 64-bit little-endian ELF library.</summary>
    internal static class ElfVersionNeed
    {
        private const uint VersionNeedSection = 0x6ffffffe;   // SHT_GNU_verneed
        private const int Weak = 2;                           // VER_FLG_WEAK

        /// <summary>Marks the need for <paramref name="version"/> as weak: the loader then does not insist on it.</summary>
        /// <returns>True if the need was there and strong, so that the bytes were changed.</returns>
        public static bool Weaken(byte[] library, string version)
        {
            if (library.Length < 64 || library[0] != 0x7f || library[1] != 'E' || library[4] != 2 || library[5] != 1) return false;

            var headers = (int)BitConverter.ToInt64(library, 40);
            int size = BitConverter.ToUInt16(library, 58), count = BitConverter.ToUInt16(library, 60);
            for (var i = 0; i < count; i++)
            {
                var header = headers + i * size;
                if (BitConverter.ToUInt32(library, header + 4) != VersionNeedSection) continue;
                var needs = (int)BitConverter.ToInt64(library, header + 24);
                var link = headers + BitConverter.ToInt32(library, header + 40) * size;
                return WeakenIn(library, needs, (int)BitConverter.ToInt64(library, link + 24), version);
            }

            return false;
        }

        private static bool WeakenIn(byte[] library, int need, int strings, string version)
        {
            while (true)
            {
                int entries = BitConverter.ToUInt16(library, need + 2), entry = need + BitConverter.ToInt32(library, need + 8);
                for (var i = 0; i < entries; i++, entry += BitConverter.ToInt32(library, entry + 12))
                {
                    if (Text(library, strings + BitConverter.ToInt32(library, entry + 8)) != version) continue;
                    var strong = (library[entry + 4] & Weak) == 0;
                    library[entry + 4] |= Weak;
                    return strong;
                }

                var next = BitConverter.ToInt32(library, need + 12);
                if (next == 0) return false;
                need += next;
            }
        }

        private static string Text(byte[] library, int start) =>
            Encoding.ASCII.GetString(library, start, Array.IndexOf(library, (byte)0, start) - start);
    }
}

#if !ALTAR_LIBRARY
/// <summary>Copies a library, marking its need for GLIBCXX_3.4.32 as weak. Altar.targets says why.</summary>
public sealed class WeakenLibstdcxxVersion : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; }

    public override bool Execute()
    {
        var library = File.ReadAllBytes(Source);
        Altar.Tensors.ElfVersionNeed.Weaken(library, "GLIBCXX_3.4.32");
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        var temporary = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(temporary, library);
        if (File.Exists(Destination)) File.Delete(Destination);
        File.Move(temporary, Destination);
        return true;
    }
}
#endif
