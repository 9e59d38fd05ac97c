using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Altar.Tests.Tensors;

/// <summary>Reads from compiled methods which methods they call.</summary>
internal static class CalledMethods
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<ushort, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => unchecked((ushort)code.Value));

    /// <summary>All methods and constructors that a type declares.</summary>
    public static IEnumerable<MethodBase> Of(Type type) => [.. type.GetMethods(Own), .. type.GetConstructors(Own)];

    /// <summary>The methods that a method names in its body; generic ones as they are declared.</summary>
    public static IEnumerable<MethodBase> By(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var (operation, operand) = Read(code, at);
            if (operation.OperandType is OperandType.InlineMethod) yield return Resolve(method, BitConverter.ToInt32(code, operand));
            at = operand + Length(operation, code, operand);
        }
    }

    private static (OpCode Operation, int Operand) Read(byte[] code, int at) =>
        code[at] == 0xFE ? (Codes[(ushort)(0xFE00 | code[at + 1])], at + 2) : (Codes[code[at]], at + 1);

    private static int Length(OpCode operation, byte[] code, int operand) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, operand),
        _ => 4,
    };

    private static MethodBase Resolve(MethodBase method, int token)
    {
        var (ofType, ofMethod) = (method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        var called = method.Module.ResolveMethod(token, ofType, ofMethod)!;
        if (called is MethodInfo { IsGenericMethod: true } generic) called = generic.GetGenericMethodDefinition();
        return called.DeclaringType is { IsConstructedGenericType: true } type ? MethodBase.GetMethodFromHandle(called.MethodHandle, type.GetGenericTypeDefinition().TypeHandle)! : called;
    }
}
