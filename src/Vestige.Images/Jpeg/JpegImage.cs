namespace Vestige.Images.Jpeg;

/// <summary>A JPEG file as its own numbers: quantized coefficients and the tables that they were divided by.</summary>
public sealed record JpegImage
{
    /// <summary>Pixels of a row, as stored: orientation is not applied.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Whether it is coded in several scans, coarse to fine.</summary>
    public required bool Progressive { get; init; }

    /// <summary>Scans.</summary>
    public required int Scans { get; init; }

    /// <summary>Bytes of the whole file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes of entropy-coded data; the rest is tables, headers and whatever else was put in.</summary>
    public required long ScanBytes { get; init; }

    /// <summary>One of grey, three of YCbCr, four of CMYK.</summary>
    public required IReadOnlyList<JpegComponent> Components { get; init; }

    /// <summary>"4:2:0" and the like for three components; null for other numbers of components.</summary>
    public string? Chroma => Components.Count != 3 ? null
        : (Components[0].Horizontal, Components[0].Vertical, Components[1].Horizontal, Components[1].Vertical) switch
        {
            (1, 1, 1, 1) => "4:4:4",
            (2, 1, 1, 1) => "4:2:2",
            (2, 2, 1, 1) => "4:2:0",
            (1, 2, 1, 1) => "4:4:0",
            (4, 1, 1, 1) => "4:1:1",
            var (h, v, x, y) => $"{h}x{v}, {x}x{y}",
        };
}

/// <summary>One component of a JPEG.</summary>
public sealed record JpegComponent
{
    /// <summary>Number that the file gives it.</summary>
    public required int Id { get; init; }

    /// <summary>Samples along for each of the image's coarsest grid.</summary>
    public required int Horizontal { get; init; }

    /// <summary>Samples down for the same.</summary>
    public required int Vertical { get; init; }

    /// <summary>Samples of a row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of samples.</summary>
    public required int Height { get; init; }

    /// <summary>Blocks of a row that hold samples; more may be stored.</summary>
    public int Columns => (Width + 7) / 8;

    /// <summary>Rows of blocks that hold samples.</summary>
    public int Rows => (Height + 7) / 8;

    /// <summary>Blocks from one stored row to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>The 64 steps, vertical frequency by horizontal frequency; each 1 to 65,535.</summary>
    public IReadOnlyList<int> Steps { get; internal set; } = [];

    /// <summary>(rows, <see cref="Stride"/>, 64): quantized coefficients, vertical frequency by horizontal frequency.</summary>
    public required short[] Coefficients { get; init; }

    /// <summary>The coefficients of a block.</summary>
    public ReadOnlySpan<short> Block(int column, int row) => Coefficients.AsSpan(((row * Stride) + column) * 64, 64);
}

/// <summary>A file is no JPEG that can be read; the message says where and why.</summary>
public sealed class JpegException : Exception
{
    /// <summary>Whether the file may be sound, and is of a kind that is not read here.</summary>
    public bool IsOfOtherKind { get; init; }

    /// <summary>Says why.</summary>
    public JpegException(string message) : base(message) { }

    /// <summary>Says why, with the error that told.</summary>
    public JpegException(string message, Exception inner) : base(message, inner) { }

    /// <summary>For serializers; prefer the others.</summary>
    public JpegException() { }
}
