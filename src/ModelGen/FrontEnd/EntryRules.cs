using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What a <c>[Forward]</c>, <c>[Loss]</c> or <c>[Metric]</c> method has to be.</summary>
internal static class EntryRules
{
    public static void Check(Reading reading, IMethodSymbol method, List<IMethodSymbol> entries, bool isModule)
    {
        string role = MethodReader.RoleOf(method).ToString();
        if (Fault(method, isModule) is string fault)
        {
            reading.Report(DiagnosticCatalog.WrongMember, reading.PlaceOf(method), role, method.Name, fault);
        }

        if (entries.TakeWhile(entry => !SymbolEqualityComparer.Default.Equals(entry, method)).Any(entry => entry.Name == method.Name))
        {
            reading.Report(DiagnosticCatalog.NameClash, reading.PlaceOf(method), method.Name, "another entry of the same name");
        }
    }

    private static string? Fault(IMethodSymbol method, bool isModule) =>
        isModule && MethodReader.RoleOf(method) != MethodRole.Forward ? "a module is part of a model: move it to the [Model] class"
        : Roles(method) > 1 ? "a method has one role: write a method for each"
        : method.IsGenericMethod ? "remove the type parameters"
        : method.IsAsync ? "remove 'async'"
        : method.Parameters.Length == 0 ? "it has no input: add a parameter"
        : null;

    private static int Roles(IMethodSymbol method) => method.GetAttributes().Count(attribute =>
        Vocabulary.IsLayer(attribute) || Vocabulary.KindOf(attribute) is "Forward" or "Loss" or "Metric" or "Recurrent");
}
