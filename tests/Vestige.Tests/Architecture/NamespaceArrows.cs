using System.Reflection;
using System.Reflection.Emit;

namespace Vestige.Tests.Architecture;

/// <summary>Which namespaces of an assembly use which, read from what was compiled: signatures, fields and the code of methods.</summary>
internal sealed class NamespaceArrows
{
    private static readonly Dictionary<ushort, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => unchecked((ushort)code.Value));

    private readonly Assembly _assembly;
    private readonly Dictionary<(string From, string To), string> _arrows = [];

    internal NamespaceArrows(Assembly assembly)
    {
        _assembly = assembly;
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (Type type in assembly.GetTypes())
        {
            Add(type, type.BaseType, "base");
            foreach (Type implemented in type.GetInterfaces()) Add(type, implemented, "interface");
            foreach (FieldInfo field in type.GetFields(all)) Add(type, field.FieldType, field.Name);
            foreach (MethodBase method in type.GetMethods(all).Cast<MethodBase>().Concat(type.GetConstructors(all)))
            {
                if (method is MethodInfo { ReturnType: { } returned }) Add(type, returned, method.Name);
                foreach (ParameterInfo parameter in method.GetParameters()) Add(type, parameter.ParameterType, method.Name);
                if (method.GetMethodBody() is not { } body) continue;
                foreach (LocalVariableInfo local in body.LocalVariables) Add(type, local.LocalType, method.Name);
                foreach (MemberInfo used in Used(type, method, body.GetILAsByteArray()!)) AddMember(type, used, method.Name);
            }
        }
    }

    /// <summary>Namespaces that can be reached from themselves, each with its shortest way back and who takes it.</summary>
    internal IReadOnlyDictionary<string, string> Circles()
    {
        ILookup<string, string> next = _arrows.Keys.ToLookup(arrow => arrow.From, arrow => arrow.To);
        var circles = new Dictionary<string, string>();
        foreach (string start in next.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            // Breadth first: the shortest way back.
            var came = new Dictionary<string, string>();
            var queue = new Queue<string>([start]);
            while (queue.TryDequeue(out string? at) && !came.ContainsKey(start))
            {
                foreach (string to in next[at])
                    if (came.TryAdd(to, at)) queue.Enqueue(to);
            }
            if (!came.ContainsKey(start)) continue;
            var way = new List<string> { start };
            for (string at = came[start]; at != start; at = came[at]) way.Add(at);
            way.Add(start);
            way.Reverse();
            circles.Add(start, string.Join(", ", way.Zip(way.Skip(1)).Select(step => $"{step.First} -> {step.Second} ({_arrows[step]})")));
        }
        return circles;
    }

    private void AddMember(Type from, MemberInfo used, string where)
    {
        Add(from, used as Type ?? used.DeclaringType, where);
        if (used is MethodInfo { IsGenericMethod: true } generic)
            foreach (Type argument in generic.GetGenericArguments()) Add(from, argument, where);
        if (used is FieldInfo field) Add(from, field.FieldType, where);
        if (used is MethodInfo method) Add(from, method.ReturnType, where);
    }

    private void Add(Type from, Type? to, string where)
    {
        if (to is null || to.IsGenericParameter) return;
        if (to.HasElementType)
        {
            Add(from, to.GetElementType(), where);
            return;
        }
        if (to.IsFunctionPointer) return;
        foreach (Type argument in to.GetGenericArguments()) Add(from, argument, where);
        if (to.Assembly != _assembly || to.Namespace is not { } target || from.Namespace is not { } source || source == target) return;
        _arrows.TryAdd((source, target), $"{from.Name}.{where} uses {to.Name}");
    }

    private static IEnumerable<MemberInfo> Used(Type type, MethodBase method, byte[] code)
    {
        Type[]? ofType = type.IsGenericType ? type.GetGenericArguments() : null, ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < code.Length;)
        {
            ushort value = code[i++];
            if (value == 0xFE) value = (ushort)(0xFE00 | code[i++]);
            OpCode op = s_codes[value];
            switch (op.OperandType)
            {
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: i += 1; break;
                case OperandType.InlineVar: i += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: i += 8; break;
                case OperandType.InlineSwitch: i += 4 + (4 * BitConverter.ToInt32(code, i)); break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    if (method.Module.ResolveMember(BitConverter.ToInt32(code, i), ofType, ofMethod) is { } member) yield return member;
                    i += 4;
                    break;
                default: i += 4; break;
            }
        }
    }
}
