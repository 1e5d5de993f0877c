namespace Vestige.Language.Sources.Records;

/// <summary>The texts that a path led to in one record: one, several, or the turns of a talk.</summary>
/// <remarks>Several are joined by line ends. Where each has somebody who says it (a field <c>role</c> or <c>from</c> beside it), each begins with a line
/// <c>&lt;|role|&gt;</c>: what was asked and what was answered stay told apart.</remarks>
internal sealed class Turns
{
    private readonly List<(byte[]? Role, byte[] Text)> _turns = [];

    /// <summary>The fields that say who speaks; the first that there is counts.</summary>
    internal static ReadOnlySpan<string> RoleFields => new[] { "role", "from" };

    /// <summary>How many.</summary>
    internal int Count => _turns.Count;

    internal void Clear() => _turns.Clear();

    /// <summary>Adds one.</summary>
    /// <param name="role">Who says it; null where nothing does.</param>
    /// <param name="text">What is said.</param>
    internal void Add(byte[]? role, byte[] text) => _turns.Add((role, text));

    /// <summary>Says who said those from <paramref name="first"/> on, where that came after them.</summary>
    internal void Say(int first, byte[]? role)
    {
        for (int i = first; i < _turns.Count; i++) _turns[i] = (role, _turns[i].Text);
    }

    /// <summary>All of it as one text.</summary>
    internal byte[] Joined()
    {
        bool told = _turns.TrueForAll(turn => turn.Role is not null);
        if (!told && _turns.Count == 1) return _turns[0].Text;
        using var all = new MemoryStream();
        for (int i = 0; i < _turns.Count; i++)
        {
            if (i > 0) all.WriteByte((byte)'\n');
            if (told)
            {
                all.Write("<|"u8);
                all.Write(_turns[i].Role);
                all.Write("|>\n"u8);
            }
            all.Write(_turns[i].Text);
        }
        return all.ToArray();
    }
}
