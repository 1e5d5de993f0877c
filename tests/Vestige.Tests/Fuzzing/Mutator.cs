using Vestige.Numerics;

namespace Vestige.Tests.Fuzzing;

/// <summary>Makes inputs that are nearly right: seeds cut, repeated, mixed, with bits turned and numbers and words exchanged for worse ones.</summary>
/// <param name="seeds">What is right.</param>
/// <param name="words">What the format knows, put in at random places.</param>
/// <param name="seed">The same seed makes the same inputs.</param>
internal sealed class Mutator(IEnumerable<byte[]> seeds, IReadOnlyList<string> words, ulong seed)
{
    private const int MostChanges = 6, LongestPart = 64, LongestInput = 1 << 20;

    private static readonly string[] s_numbers = ["0", "-1", "1", "99", "255", "256", "65536", "2147483647", "2147483648", "-9223372036854775808",
        "18446744073709551615", "1e999", "-1e308", "0.5", "null"];

    private readonly List<byte[]> _seeds = [.. seeds];
    private readonly int _first = seeds.Count();

    // A mutable struct: were the field readonly, each call would draw from a copy, and all inputs would be the same.
    private Rng _rng = new(seed);

    /// <summary>One more to begin with; nothing can be made of an empty one.</summary>
    internal void Add(byte[] seed)
    {
        if (seed.Length > 0) _seeds.Add(seed);
    }

    internal byte[] Next()
    {
        // What is added must not crowd out what is right.
        List<byte> bytes = [.. _seeds[_rng.NextInt(_rng.NextInt(2) == 0 ? _first : _seeds.Count)]];
        // Mostly few: what has one fault gets farther into a parser than what has six.
        int changes = 1;
        while (changes < MostChanges && _rng.NextInt(2) == 0) changes++;
        for (; changes > 0; changes--) Change(bytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        if (bytes.Count is 0 or > LongestInput)
        {
            bytes.Clear();
            bytes.AddRange(_seeds[_rng.NextInt(_seeds.Count)].Take(LongestPart));
            return;
        }
        int at = _rng.NextInt(bytes.Count), length = Math.Min(1 + _rng.NextInt(LongestPart), bytes.Count - at);
        switch (_rng.NextInt(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _rng.NextInt(8));
                break;
            case 1:
                bytes[at] = (byte)_rng.NextInt(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_rng.NextInt(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                byte[] other = _seeds[_rng.NextInt(_seeds.Count)];
                int from = _rng.NextInt(other.Length);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
            case 6:
                ExchangeNumber(bytes, at);
                break;
            case 7:
                if (words.Count > 0) bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(words[_rng.NextInt(words.Count)]));
                break;
            default:
                // A number of several bytes, as binary formats have them.
                ulong value = _rng.NextInt(3) switch { 0 => 0, 1 => ulong.MaxValue, _ => 1UL << _rng.NextInt(64) };
                int size = Math.Min(1 << _rng.NextInt(4), bytes.Count - at);
                for (int i = 0; i < size; i++) bytes[at + i] = (byte)(value >> (8 * i));
                break;
        }
    }

    /// <summary>The next decimal number from a place on.</summary>
    private void ExchangeNumber(List<byte> bytes, int at)
    {
        int start = bytes.FindIndex(at, value => char.IsAsciiDigit((char)value));
        if (start < 0) return;
        int end = start;
        while (end < bytes.Count && (char.IsAsciiDigit((char)bytes[end]) || bytes[end] is (byte)'.' or (byte)'-')) end++;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, System.Text.Encoding.UTF8.GetBytes(s_numbers[_rng.NextInt(s_numbers.Length)]));
    }
}
