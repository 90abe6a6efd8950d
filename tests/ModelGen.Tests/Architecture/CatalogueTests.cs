extern alias Runtime;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using ModelGen.Ops;
using Xunit;

namespace ModelGen.Tests.Architecture;

/// <summary>Every catalogued op can be written by users, read by a reference loop, and is tested against PyTorch.</summary>
public class CatalogueTests
{
    private static readonly Assembly Runtime = typeof(Runtime::ModelGen.Model).Assembly;
    private static readonly HashSet<string> Goldens = Rows();

    public static TheoryData<string> Ops => [.. OpCatalog.Ops.Select(op => op.Name)];

    [Theory]
    [MemberData(nameof(Ops))]
    public void UsersCanWriteIt(string name)
    {
        Op op = OpCatalog.Find(name)!;
        MethodInfo[] words = Words(name);
        bool isLayer = Runtime.GetType($"ModelGen.{name}Attribute") is not null;
        Assert.True(op.IsLayer ? isLayer : words.Length > 0, $"{name} is neither a word of ModelGen.Functional nor a layer");
        Assert.True(op is not TargetLossOp || isLayer, $"the loss {name} has no attribute for stacks");
        foreach (string input in op.IsLayer ? [] : op.InputNames.Select(input => input.TrimEnd('*')))
        {
            Assert.True(words.Any(word => word.GetParameters().Any(parameter => parameter.Name == input && IsTensor(parameter.ParameterType))), $"{name} has no tensor parameter '{input}'");
        }
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void AReferenceLoopAndARowExist(string name)
    {
        bool isEager = Words(name).Length > 0 || typeof(Runtime::ModelGen.EagerLayers).GetMethods().Any(method => method.Name == name);
        Assert.True(isEager, $"the eager reading cannot compute {name}");
        Assert.True(Goldens.Contains(name), $"tests/goldens/cases.json has no row of {name}");
    }

    private static MethodInfo[] Words(string name) =>
        [.. typeof(Runtime::ModelGen.Functional).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == name)];

    private static bool IsTensor(Type type) => (type.IsArray ? type.GetElementType()! : type).Name.StartsWith("Tensor", StringComparison.Ordinal) || type.Name.StartsWith("ReadOnlySpan", StringComparison.Ordinal);

    private static HashSet<string> Rows()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sources.Root, "tests", "goldens", "cases.json")));
        return [.. document.RootElement.EnumerateArray().Select(row => row.GetProperty("op").GetString()!)];
    }
}
