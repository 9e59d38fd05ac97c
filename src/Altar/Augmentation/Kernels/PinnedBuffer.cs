using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Altar.Augmentation.Kernels;

/// <summary>Memory that kernels and OpenCV see at a fixed address; it grows when asked and never shrinks.</summary>
internal sealed unsafe class PinnedBuffer<T> where T : unmanaged
{
    private T[] _values = [];

    /// <returns>The address of at least <paramref name="count"/> values, their content undefined.</returns>
    public T* Reserve(int count)
    {
        if (_values.Length < count) _values = GC.AllocateUninitializedArray<T>(count, pinned: true);
        return (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
    }
}
