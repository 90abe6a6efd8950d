using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What the class itself has to be, and what its members may not be called.</summary>
internal static class ClassRules
{
    /// <summary>Members that the generated part of a model declares.</summary>
    private static readonly ImmutableHashSet<string> Generated = ["Eager", "Entries", "Data"];

    /// <summary>Members that the generated part of a model with states declares besides.</summary>
    private static readonly ImmutableHashSet<string> GeneratedForStates = ["State", "NewState"];

    public static void Check(ClassScope scope, bool isModule)
    {
        foreach ((string id, string[] arguments) in Faults(scope.Type, isModule))
        {
            scope.Reading.Report(id, scope.Reading.PlaceOf(scope.Type), arguments);
        }

        ImmutableHashSet<string> words = Vocabulary.Words(scope.Reading.Compilation);
        bool hasStates = !isModule && scope.Members.Any(IsState);
        foreach (ISymbol member in scope.Members)
        {
            CheckName(scope.Reading, member, words, isModule, hasStates);
        }
    }

    /// <summary>Whether a class is declared as no model can be: then the build cannot make one of it, whatever its members are.</summary>
    public static bool IsMisdeclared(INamedTypeSymbol type, bool isModule) => Faults(type, isModule).Any();

    private static IEnumerable<(string Id, string[] Arguments)> Faults(INamedTypeSymbol type, bool isModule)
    {
        if (!DeclarationReader.IsPartial(type))
        {
            yield return (DiagnosticCatalog.NotPartial, [type.Name]);
        }

        if (DeclarationReader.Outwards(type).Any(outer => outer.IsGenericType))
        {
            yield return (DiagnosticCatalog.NestedInGeneric, [type.Name]);
        }

        if (type.BaseType is { SpecialType: not SpecialType.System_Object } parent && !Vocabulary.IsNamed(parent, "Model"))
        {
            string becomes = isModule ? "a module that the build makes and owns" : "a ModelGen.Model";
            yield return (DiagnosticCatalog.HasBaseClass, [type.Name, parent.ToDisplayString(), becomes]);
        }

        if (KindFault(type) is string fault)
        {
            yield return (DiagnosticCatalog.WrongKindOfClass, [type.Name, fault]);
        }
    }

    private static string? KindFault(INamedTypeSymbol type) =>
        type.IsRecord ? "a record"
        : type.IsStatic ? "static"
        : type.IsAbstract ? "abstract"
        : DeclarationReader.Outwards(type).Any(outer => outer.IsFileLocal) ? "local to its file, so that no other part can be added"
        : Vocabulary.IsModule(type) && Vocabulary.Find(type, "ModelAttribute") is not null ? "a [Model] and a [Module] at once"
        : DeclarationReader.Parts(type).Any(part => part.ParameterList is not null)
            ? "a class with a primary constructor, and the build writes the constructors"
        : null;

    private static void CheckName(Reading reading, ISymbol member, ImmutableHashSet<string> words, bool isModule, bool hasStates)
    {
        if (member is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) })
        {
            return;
        }

        // A layer may be called like a word: Norm is what a LayerNorm is called, and its call means the layer to readers, too.
        if (words.Contains(member.Name) && Vocabulary.FindLayer(member) is null)
        {
            reading.Report(DiagnosticCatalog.HidesWord, reading.PlaceOf(member), member.Name, Rename(member));
        }
        else if (Clash(reading, member, isModule, hasStates) is string other)
        {
            reading.Report(
                DiagnosticCatalog.NameClash,
                reading.PlaceOf(member),
                member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "The constructor" : member.Name,
                other);
        }
    }

    private static string Rename(ISymbol member) =>
        Vocabulary.Find(member, "LossAttribute") is not null ? member.Name + "Loss" : "My" + member.Name;

    private static bool IsState(ISymbol member) => Vocabulary.Find(member, "StateAttribute") is not null;

    private static string? Clash(Reading reading, ISymbol member, bool isModule, bool hasStates)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            return isModule || IsGeneratedConstructor(constructor) ? "a constructor that the build writes" : null;
        }

        INamedTypeSymbol? model = isModule || member.IsOverride ? null : reading.Compilation.GetTypeByMetadataName("ModelGen.Model");
        return model?.GetMembers(member.Name).Any(IsVisible) == true ? "a member of ModelGen.Model of the same name"
            : (!isModule && Generated.Contains(member.Name)) || (hasStates && GeneratedForStates.Contains(member.Name)) ? "a member of the same name that the build writes"
            : IsState(member) && StateSpec.Reserved.Contains(member.Name) ? "a member of the class of states that the build writes"
            : null;
    }

    private static bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal && !member.IsOverride;

    private static bool IsGeneratedConstructor(IMethodSymbol constructor) =>
        constructor.Parameters.All(parameter =>
            parameter.Type.SpecialType == SpecialType.System_UInt64 || Vocabulary.IsNamed(parameter.Type, "Device"));
}
