using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tensors;

/// <summary>Lets libtorch choose 16-bit products wherever they are safe, until it is disposed of: what PyTorch's <c>torch.autocast</c> does.</summary>
/// <remarks>
/// TorchSharp has no call for it; libtorch exports the functions (https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/autocast_mode.h).
/// The setting belongs to the thread: dispose of it on the thread that began it, before the backward pass.
/// </remarks>
public sealed class Autocast : IDisposable
{
    private static readonly Lazy<AutocastLibrary> Library = new(AutocastLibrary.Load);
    private readonly DeviceType _device;
    private readonly bool _wasEnabled;
    private readonly ScalarType _earlierType;

    private Autocast(Precision precision, DeviceType device)
    {
        var library = Library.Value;
        _device = device;
        (_wasEnabled, _earlierType) = (library.IsEnabled(device), library.TypeOf(device));
        library.Set(device, enabled: true, TypeFor(precision));
        library.Enter();
    }

    /// <summary>Begins it.</summary>
    /// <param name="precision">Fp32 begins nothing.</param>
    /// <param name="device">Where the tensors are.</param>
    /// <returns>Null where nothing was begun.</returns>
    /// <exception cref="BadInputException">The device cannot do it, or this platform's libtorch lacks the functions.</exception>
    public static Autocast? Begin(Precision precision, DeviceType device)
    {
        if (precision == Precision.Fp32) return null;
        Require(precision, device);
        return new Autocast(precision, device);
    }

    /// <summary>Makes sure that a device can do it, before hours are spent.</summary>
    /// <param name="precision">What is asked for.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="BadInputException">It cannot.</exception>
    public static void Require(Precision precision, DeviceType device)
    {
        if (precision == Precision.Fp32) return;
        if (device is not (DeviceType.CPU or DeviceType.CUDA)) throw new BadInputException($"precision: {Name(precision)} is for the CPU and CUDA, not for {device}; write fp32.");
        if (precision == Precision.Fp16 && device == DeviceType.CPU) throw new BadInputException("precision: fp16 needs a CUDA GPU, and the run is on the CPU; write bf16 or fp32.");
        _ = Library.Value;
    }

    /// <summary>Whether libtorch's functions can be called here.</summary>
    public static bool IsAvailable => AutocastLibrary.IsThere;

    /// <summary>Restores what was before, and forgets the 16-bit copies of weights with the outermost.</summary>
    public void Dispose()
    {
        Library.Value.Leave();
        Library.Value.Set(_device, _wasEnabled, _earlierType);
    }

    private static ScalarType TypeFor(Precision precision) => precision == Precision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float16;

    private static string Name(Precision precision) => precision.ToString().ToLowerInvariant();
}

/// <summary>The functions of libtorch, by their names in the Itanium ABI: plain arguments, so that they can be called from here.</summary>
internal sealed unsafe class AutocastLibrary
{
    private const string File = "libtorch_cpu.so", Space = "_ZN2at8autocast";

    private readonly delegate* unmanaged[Cdecl]<sbyte, byte, void> _setEnabled;
    private readonly delegate* unmanaged[Cdecl]<sbyte, byte> _isEnabled;
    private readonly delegate* unmanaged[Cdecl]<sbyte, sbyte, void> _setType;
    private readonly delegate* unmanaged[Cdecl]<sbyte, sbyte> _typeOf;
    private readonly delegate* unmanaged[Cdecl]<int> _enter;
    private readonly delegate* unmanaged[Cdecl]<int> _leave;
    private readonly delegate* unmanaged[Cdecl]<void> _clearCache;

    private AutocastLibrary(nint library)
    {
        _setEnabled = (delegate* unmanaged[Cdecl]<sbyte, byte, void>)Find("20set_autocast_enabledEN3c1010DeviceTypeEb");
        _isEnabled = (delegate* unmanaged[Cdecl]<sbyte, byte>)Find("19is_autocast_enabledEN3c1010DeviceTypeE");
        _setType = (delegate* unmanaged[Cdecl]<sbyte, sbyte, void>)Find("18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
        _typeOf = (delegate* unmanaged[Cdecl]<sbyte, sbyte>)Find("18get_autocast_dtypeEN3c1010DeviceTypeE");
        _enter = (delegate* unmanaged[Cdecl]<int>)Find("17increment_nestingEv");
        _leave = (delegate* unmanaged[Cdecl]<int>)Find("17decrement_nestingEv");
        _clearCache = (delegate* unmanaged[Cdecl]<void>)Find("11clear_cacheEv");

        nint Find(string function) => NativeLibrary.GetExport(library, Space + function);
    }

    public static bool IsThere => TryOpen(out var library) && NativeLibrary.TryGetExport(library, Space + "20set_autocast_enabledEN3c1010DeviceTypeEb", out _);

    public static AutocastLibrary Load()
    {
        try
        {
            return TryOpen(out var library) ? new AutocastLibrary(library) : throw Missing($"{File} is not loaded");
        }
        catch (EntryPointNotFoundException error)
        {
            throw Missing(error.Message, error);
        }
    }

    public bool IsEnabled(DeviceType device) => _isEnabled((sbyte)device) != 0;

    public ScalarType TypeOf(DeviceType device) => (ScalarType)_typeOf((sbyte)device);

    public void Set(DeviceType device, bool enabled, ScalarType type)
    {
        _setEnabled((sbyte)device, enabled ? (byte)1 : (byte)0);
        _setType((sbyte)device, (sbyte)type);
    }

    public void Enter() => _ = _enter();

    public void Leave()
    {
        if (_leave() == 0) _clearCache();
    }

    // TorchSharp has it loaded; the loader then finds it by its name alone.
    private static bool TryOpen(out nint library)
    {
        library = 0;
        if (!OperatingSystem.IsLinux()) return false;
        InitializeDeviceType(DeviceType.CPU);
        return NativeLibrary.TryLoad(File, out library);
    }

    private static BadInputException Missing(string reason, Exception? cause = null) => new(
        $"precision: bf16 and fp16 call functions of libtorch for Linux that cannot be found here ({reason.TrimEnd('.')}); write precision: fp32.", cause);
}
