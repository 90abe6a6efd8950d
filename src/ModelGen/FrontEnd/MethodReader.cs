using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads the methods of a class that have a role, then the helpers that they call.</summary>
internal static class MethodReader
{
    public static EquatableArray<MethodSpec> Read(ClassScope scope, bool isModule)
    {
        List<IMethodSymbol> entries = [.. scope.Members.OfType<IMethodSymbol>().Where(method => RoleOf(method) != MethodRole.Plain)];
        foreach (IMethodSymbol method in entries)
        {
            EntryRules.Check(scope.Reading, method, entries, isModule);
            Request(scope, method);
        }

        // A step is read when a Scan takes it, as other methods are when they are called.
        foreach (IMethodSymbol step in scope.Members.OfType<IMethodSymbol>())
        {
            RecurrentRules.Check(scope.Reading, step);
        }

        List<MethodSpec> methods = [];
        while (scope.Methods.TryNext(out IMethodSymbol method))
        {
            scope.Reading.Cancellation.ThrowIfCancellationRequested();
            methods.Add(Read(scope, method, entries));
        }

        return methods.ToEquatableArray();
    }

    public static MethodRole RoleOf(IMethodSymbol method) =>
        Vocabulary.Find(method, "ForwardAttribute") is not null ? MethodRole.Forward
        : Vocabulary.Find(method, "LossAttribute") is not null ? MethodRole.Loss
        : Vocabulary.Find(method, "MetricAttribute") is not null ? MethodRole.Metric
        : MethodRole.Plain;

    /// <summary>A layer that is an entry, too, is reported as such; it has no body to read, and is no layer that nobody uses.</summary>
    private static void Request(ClassScope scope, IMethodSymbol entry)
    {
        if (Vocabulary.FindLayer(entry) is null)
        {
            scope.Methods.Request(entry);
        }
        else
        {
            scope.Use(entry.Name);
        }
    }

    private static MethodSpec Read(ClassScope scope, IMethodSymbol method, List<IMethodSymbol> entries)
    {
        Reading reading = scope.Reading;
        MethodRole role = RoleOf(method);
        bool own = SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Type);
        string key = scope.Methods.KeyOf(method);
        InputReader inputs = new(scope, method, own ? role : MethodRole.Plain, entries);
        if (!own)
        {
            RecurrentRules.Check(reading, method);
        }

        return new MethodSpec(
            key,
            method.Name,
            own ? role : MethodRole.Plain,
            method.Parameters.Select(inputs.Read).ToEquatableArray(),
            RecurrentRules.IsRecurrent(method) && role == MethodRole.Plain ? RecurrentRules.Results(method) : ResultReader.Count(reading, method, role),
            BodyReader.Read(scope, key, method),
            Trains(method),
            reading.PlaceOf(method))
        {
            IsStatic = method.IsStatic,
            ReturnType = SignatureText.Of(method.ReturnType),
            ResultNames = ResultReader.Names(method),
        };
    }

    private static string? Trains(IMethodSymbol method) =>
        Vocabulary.Find(method, "LossAttribute")?.NamedArguments.FirstOrDefault(argument => argument.Key == "Trains").Value.Value as string;
}
