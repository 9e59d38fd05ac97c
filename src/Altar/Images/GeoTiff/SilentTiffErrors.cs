using BitMiracle.LibTiff.Classic;

namespace Altar.Images.GeoTiff;

/// <summary>LibTiff prints unless it is told otherwise.</summary>
internal sealed class SilentTiffErrors : TiffErrorHandler
{
    public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) { }

    public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }

    public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

    public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
}
