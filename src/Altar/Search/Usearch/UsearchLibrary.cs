using System.Runtime.InteropServices;

namespace Altar.Search.Usearch;

/// <summary>The functions of libusearch_c that an index needs. Each error is a text that is never freed, or 0.</summary>
/// <remarks>
/// The package's managed class lacks filters and the change of the expansion, and hands a bare pointer to native code, which a
/// collection may free during the call. Declarations: https://github.com/unum-cloud/USearch/blob/main/c/usearch.h.
/// </remarks>
internal static unsafe partial class UsearchLibrary
{
    private const string Name = "libusearch_c";

    /// <summary>usearch_metric_cos_k.</summary>
    public const int CosineMetric = 1;

    /// <summary>usearch_init_options_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Options
    {
        public int Metric;
        public nint CustomMetric;
        public int Scalar;
        public nuint Dimensions, Connectivity, ExpansionAdd, ExpansionSearch;
        public byte AllowsEqualKeys;
    }

    /// <summary>usearch_scalar_kind_t.</summary>
    public static int ScalarKind(VectorScalar scalar) => scalar switch { VectorScalar.F32 => 1, VectorScalar.F16 => 3, _ => 4 };

    [LibraryImport(Name, EntryPoint = "usearch_version")]
    public static partial nint Version();

    [LibraryImport(Name, EntryPoint = "usearch_init")]
    public static partial nint Create(ref Options options, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_free")]
    public static partial void Free(nint index, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_save", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Save(GraphHandle index, string path, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_load", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Load(GraphHandle index, string path, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_view", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void View(GraphHandle index, string path, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_size")]
    public static partial nuint Size(GraphHandle index, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_dimensions")]
    public static partial nuint Dimensions(GraphHandle index, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_reserve")]
    public static partial void Reserve(GraphHandle index, nuint capacity, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_change_expansion_search")]
    public static partial void ChangeExpansionSearch(GraphHandle index, nuint expansion, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_change_expansion_add")]
    public static partial void ChangeExpansionAdd(GraphHandle index, nuint expansion, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_add")]
    public static partial void Add(GraphHandle index, ulong key, byte* vector, int kind, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_get")]
    public static partial nuint Get(GraphHandle index, ulong key, nuint count, byte* vector, int kind, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_remove")]
    public static partial nuint Remove(GraphHandle index, ulong key, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_rename")]
    public static partial nuint Rename(GraphHandle index, ulong from, ulong to, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_search")]
    public static partial nuint Search(GraphHandle index, byte* query, int kind, nuint limit, ulong* keys, float* distances, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_filtered_search")]
    public static partial nuint FilteredSearch(
        GraphHandle index, byte* query, int kind, nuint limit, delegate* unmanaged[Cdecl]<ulong, void*, int> filter, void* state, ulong* keys, float* distances, out nint error);

    [LibraryImport(Name, EntryPoint = "usearch_exact_search")]
    public static partial void ExactSearch(
        byte* rows, nuint count, nuint stride, byte* queries, nuint queryCount, nuint queryStride, int kind, nuint dimensions, int metric, nuint limit, nuint threads,
        ulong* keys, nuint keysStride, float* distances, nuint distancesStride, out nint error);

    /// <summary>Turns a native error into one of ours.</summary>
    public static void Check(nint error)
    {
        if (error != 0) throw new InvalidOperationException($"USearch: {Marshal.PtrToStringUTF8(error)}");
    }
}

/// <summary>A native index; it lives as long as a call that uses it.</summary>
internal sealed class GraphHandle : SafeHandle
{
    public GraphHandle(nint index) : base(0, ownsHandle: true) => SetHandle(index);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        UsearchLibrary.Free(handle, out _);
        return true;
    }
}
