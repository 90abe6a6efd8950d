using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Recognises the types of the <c>ModelGen</c> namespace. They are compared by name, so that any version of the runtime serves.</summary>
internal static class Vocabulary
{
    public const string ModelAttribute = "ModelGen.ModelAttribute";
    public const string ModuleAttribute = "ModelGen.ModuleAttribute";

    public static bool IsNamed(ISymbol? symbol, string name) =>
        symbol is not null
            && symbol.Name == name
            && symbol.ContainingSymbol is INamespaceSymbol { Name: "ModelGen", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>The element type of <c>Tensor</c> or <c>Tensor&lt;int&gt;</c>, null for all other types.</summary>
    public static TensorType? TensorTypeOf(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named || !IsNamed(named, "Tensor"))
        {
            return null;
        }

        return named.TypeArguments.Length == 0 ? TensorType.Float
            : named.TypeArguments[0].SpecialType == SpecialType.System_Int32 ? TensorType.Int
            : null;
    }

    public static bool IsTensor(ITypeSymbol? type) => TensorTypeOf(type) is not null;

    /// <summary>Whether the type is an array of tensors, as words give it that have several results.</summary>
    public static bool AreTensors(ITypeSymbol? type) => type is IArrayTypeSymbol { Rank: 1 } array && IsTensor(array.ElementType);

    /// <summary>Whether the type is a tensor, or a tuple of such types.</summary>
    public static bool IsTensorOrTuple(ITypeSymbol? type) =>
        IsTensor(type) || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => IsTensorOrTuple(element.Type)));

    /// <summary>The number of tensors of a state of <c>Scan</c>, a <c>Tensor</c> or a tuple of them; null for all other types.</summary>
    public static int? StateSize(ITypeSymbol? type) =>
        TensorTypeOf(type) == TensorType.Float ? 1
        : type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => TensorTypeOf(element.Type) == TensorType.Float) ? tuple.TupleElements.Length
        : null;

    public static bool IsNumber(ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double and not SpecialType.System_Decimal;

    /// <summary>Whether a value of the type can be a constant of a helper method: a number, a bool, a text or an enum.</summary>
    public static bool IsConstant(ITypeSymbol? type) =>
        IsNumber(type) || type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_String || type?.TypeKind == TypeKind.Enum;

    public static bool IsFunctional(ISymbol? type) => IsNamed(type, "Functional");

    public static bool IsModule(ITypeSymbol? type) => Find(type, "ModuleAttribute") is not null;

    public static AttributeData? Find(ISymbol? symbol, string name) =>
        symbol?.GetAttributes().FirstOrDefault(attribute => IsNamed(attribute.AttributeClass, name));

    public static AttributeData? FindLayer(ISymbol symbol) => symbol.GetAttributes().FirstOrDefault(IsLayer);

    public static bool IsLayer(AttributeData attribute) => DerivesFrom(attribute.AttributeClass, "LayerAttribute");

    public static bool IsStackLoss(AttributeData attribute) => DerivesFrom(attribute.AttributeClass, "StackLossAttribute");

    /// <summary><c>DenseAttribute</c> → <c>Dense</c>.</summary>
    public static string KindOf(AttributeData attribute) => WithoutSuffix(attribute.AttributeClass?.Name ?? "");

    /// <summary>The element type of what a layer takes.</summary>
    public static TensorType InputTypeOf(string layer) => layer == "Embedding" ? TensorType.Int : TensorType.Float;

    /// <summary>The number of states that a layer hands from step to step.</summary>
    public static int StatesOf(string layer) => layer is "Lstm" ? 2 : layer is "Rnn" or "Gru" ? 1 : 0;

    /// <summary>The names of all words.</summary>
    public static ImmutableHashSet<string> Words(Compilation compilation) =>
        [.. compilation.GetTypeByMetadataName("ModelGen.Functional")?.GetMembers().Where(IsWord).Select(member => member.Name) ?? []];

    /// <summary>The nearest name to a misspelt one, or null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates) =>
        candidates.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, name.Length / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate).FirstOrDefault();

    private static bool IsWord(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public } and (IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol);

    private static bool DerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (INamedTypeSymbol? current = type?.BaseType; current is not null; current = current.BaseType)
        {
            if (IsNamed(current, name))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutSuffix(string name) =>
        name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;

    /// <summary>The number of insertions, deletions and replacements between two names, capitals aside (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
