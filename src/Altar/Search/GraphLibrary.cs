using System.Runtime.InteropServices;
using Altar.Search.Usearch;

namespace Altar.Search;

/// <summary>The native library that walks graphs of neighbours.</summary>
public static class GraphLibrary
{
    /// <summary>Its version, e.g. "2.26.6".</summary>
    /// <exception cref="DllNotFoundException">It, or a library of the system that it needs (libgomp, libstdc++), is not there.</exception>
    public static string Version() => Marshal.PtrToStringUTF8(UsearchLibrary.Version())!;
}
