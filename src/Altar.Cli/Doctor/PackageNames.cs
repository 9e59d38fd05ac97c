namespace Altar.Cli.Doctor;

/// <summary>Which Debian or Ubuntu package brings a library; <c>build/setup.sh</c> installs the same ones.</summary>
internal static class PackageNames
{
    private static readonly (string SonamePrefix, string Package)[] Known =
    [
        ("libdrm.", "libdrm2"), ("libatomic.", "libatomic1"), ("libstdc++.", "libstdc++6"), ("libgcc_s.", "libgcc-s1"), ("libgomp.", "libgomp1"),
        ("libX11.", "libx11-6"), ("libfreetype.", "libfreetype6"), ("libharfbuzz.", "libharfbuzz0b"),
        // libgtk, libgdk, libpango, libatk, libcairo, libgdk_pixbuf, libgio, libgobject, libglib:
        ("lib", GtkPackage),
    ];

    private const string GtkPackage = "libgtk-3-0";

    /// <summary>The line to type so that the libraries are there.</summary>
    public static string InstallLine(IEnumerable<string> sonames)
    {
        var packages = sonames.Select(soname => Known.First(known => soname.StartsWith(known.SonamePrefix, StringComparison.Ordinal)).Package).Distinct();
        var hint = packages.Contains(GtkPackage) ? " (libgtk-3-0t64 instead of libgtk-3-0 from Debian 13 and Ubuntu 24.04 on)" : "";
        return $"sudo apt-get install -y {string.Join(' ', packages)}{hint}";
    }
}
