namespace Altar.Datasets.Masks;

/// <summary>What the pixels of a mask picture mean.</summary>
public enum MaskKind
{
    /// <summary>By the classes: colours where a table is given; for one class 0 and 255, or 0 and 1; for several their numbers.</summary>
    Auto,

    /// <summary>Numbers of classes, from 0; 255 is ignored. Of a picture with a palette the indices count, not the colours.</summary>
    Index,

    /// <summary>0 and 255, nothing else.</summary>
    Binary,

    /// <summary>Any grey: 128 and above is the class. For masks that were saved as JPEG or have soft edges.</summary>
    Grey,

    /// <summary>Colours by a table. Of a picture with a palette the colours count, not the indices.</summary>
    Color,
}

/// <summary>What a box becomes in a mask.</summary>
public enum BoxShape
{
    /// <summary>All of it.</summary>
    Box,

    /// <summary>The ellipse that touches its sides: nearer to cells and other round things.</summary>
    Ellipse,
}
