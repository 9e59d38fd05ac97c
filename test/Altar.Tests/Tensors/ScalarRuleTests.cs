using System.Reflection;
using Altar.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Altar.Tests.Tensors;

/// <summary>What the banned symbols cannot see: a method of TorchSharp that makes a scalar behind a signature without one.</summary>
public class ScalarRuleTests
{
    private static readonly Assembly Torch = typeof(torch).Assembly;

    [Fact]
    public void Nothing_that_Altar_calls_makes_a_scalar_but_Arithmetic()
    {
        var starts =
            from type in typeof(Arithmetic).Assembly.GetTypes()
            where type != typeof(Arithmetic)
            from method in CalledMethods.Of(type)
            from called in CalledMethods.By(method)
            where called.Module.Assembly == Torch
            select (Caller: $"{type.Name}.{method.Name}", called);

        Assert.Empty(Paths(starts).Select(path => string.Join(" -> ", path)));
    }

    // The rule above would also pass if it followed no call at all.
    [Theory]
    [InlineData("hidden", "Plain.hidden -> Tensor.op_Addition -> Tensor.add -> Scalar.op_Implicit")]
    [InlineData("explicitly", "Plain.explicitly -> Scalar.op_Implicit")]
    [InlineData("layer", "Plain.layer -> nn.BatchNorm2d -> BatchNorm2d..ctor -> BatchNorm..ctor -> BatchNorm.forward -> Scalar.op_Implicit")]
    public void The_rule_finds_a_scalar(string method, string path)
    {
        var caller = typeof(Plain).GetMethod(method)!;
        var starts = CalledMethods.By(caller).Where(called => called.Module.Assembly == Torch).Select(called => ($"{nameof(Plain)}.{method}", called));

        Assert.Contains(path, Paths(starts).Select(found => string.Join(" -> ", found)));
    }

    // The shortest way from each caller to a method that makes a scalar.
    private static IEnumerable<string[]> Paths(IEnumerable<(string Caller, MethodBase Called)> starts)
    {
        HashSet<MethodBase> seen = [];
        var waiting = new Queue<(string[] Path, MethodBase Method)>(starts.Select(start => (new[] { start.Caller }, start.Called)));
        while (waiting.TryDequeue(out var next))
        {
            string[] path = [.. next.Path, $"{next.Method.DeclaringType!.Name}.{next.Method.Name}"];
            if (MakesScalar(next.Method)) yield return path;
            else if (seen.Add(next.Method))
            {
                foreach (var called in Followed(next.Method)) waiting.Enqueue((path, called));
            }
        }
    }

    private static bool MakesScalar(MethodBase method) => method is MethodInfo { ReturnType: var made } && made == typeof(Scalar);

    // Whoever makes a layer will call it.
    private static IEnumerable<MethodBase> Followed(MethodBase method)
    {
        var called = CalledMethods.By(method).Where(called => called.Module.Assembly == Torch);
        return method.IsConstructor && method.DeclaringType!.IsAssignableTo(typeof(nn.Module))
            ? called.Concat(CalledMethods.Of(method.DeclaringType).Where(own => own.Name == "forward"))
            : called;
    }

    private static class Plain
    {
        public static Tensor hidden(Tensor left, Tensor right) => left + right;

        public static Tensor explicitly(Tensor tensor) => tensor.pow(2);

        public static nn.Module layer() => nn.BatchNorm2d(1);
    }
}
