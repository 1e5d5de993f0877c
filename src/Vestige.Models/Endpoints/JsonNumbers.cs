using System.Text.Json;

namespace Vestige.Models.Endpoints;

/// <summary>Numbers of an answer, which may be anything else.</summary>
internal static class JsonNumbers
{
    /// <summary>A whole number of 32 bits; false where it is none.</summary>
    internal static bool TryWhole(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    /// <summary>An array of bytes as numbers; null where it is none.</summary>
    internal static byte[]? ToBytes(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        byte[] bytes = new byte[value.GetArrayLength()];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!value[i].TryWhole(out int number) || number is < 0 or > byte.MaxValue) return null;
            bytes[i] = (byte)number;
        }
        return bytes;
    }
}
