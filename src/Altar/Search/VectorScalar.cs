namespace Altar.Search;

/// <summary>How the numbers of a vector are kept in an index.</summary>
public enum VectorScalar
{
    /// <summary>32-bit floating point: 4 bytes a number.</summary>
    F32,

    /// <summary>16-bit floating point: 2 bytes a number, cosines exact to about 0.001.</summary>
    F16,

    /// <summary>8-bit whole numbers, scaled so that the largest is 127: 1 byte a number, cosines exact to about 0.01.</summary>
    I8,
}
