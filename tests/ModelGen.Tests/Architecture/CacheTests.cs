using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using ModelGen.FrontEnd;
using ModelGen.Specs;
using Xunit;

namespace ModelGen.Tests.Architecture;

/// <summary>What crosses the incremental cache is equal by value, and holds nothing of a compilation.</summary>
public class CacheTests
{
    private static readonly Type[] Crossing =
        [typeof(ModelReading), typeof(ModelSpec), typeof(CompilerOptions), typeof(DescribedModel), typeof(CompiledSpec), typeof(Findings), typeof(LocatedDiagnostics)];

    [Fact]
    public void TypesThatCrossAreValues()
    {
        foreach (Type type in Reachable())
        {
            Assert.False(type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{type} belongs to a compilation");
            Assert.False(type.IsArray || Is(type, typeof(ImmutableArray<>)) || Is(type, typeof(List<>)) || Is(type, typeof(Dictionary<,>)), $"{type} is not equal by value");
            Assert.True(
                type.IsPrimitive || type.IsEnum || type == typeof(string) || type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType == type,
                $"{type} is equal by reference");
        }
    }

    private static HashSet<Type> Reachable()
    {
        HashSet<Type> found = [];
        Stack<Type> open = new(Crossing);
        while (open.TryPop(out Type? type))
        {
            if (!found.Add(type))
            {
                continue;
            }

            IEnumerable<Type> held = Is(type, typeof(EquatableArray<>)) || Is(type, typeof(Nullable<>))
                ? type.GetGenericArguments()
                : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.FieldType);
            foreach (Type next in held.Concat(type.Assembly.GetTypes().Where(derived => derived.BaseType == type && type.Assembly == typeof(ModelSpec).Assembly)))
            {
                open.Push(next);
            }
        }

        found.RemoveWhere(type => Is(type, typeof(Nullable<>)) || type.IsPrimitive || type.Assembly == typeof(object).Assembly && !Is(type, typeof(ImmutableArray<>)) && !type.IsGenericType);
        return found;
    }

    private static bool Is(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;
}
