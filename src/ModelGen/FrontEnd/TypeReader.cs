using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads a class: symbols go in, a value-equal spec comes out.</summary>
internal static class TypeReader
{
    /// <summary>The reading of an attributed class, or null where another part or attribute of the same class stands for it.</summary>
    public static ModelReading? Read(GeneratorAttributeSyntaxContext context, bool isModule, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        bool isBoth = isModule && Vocabulary.Find(type, "ModelAttribute") is not null;
        SyntaxNode? attribute = context.Attributes[0].ApplicationSyntaxReference?.GetSyntax(cancellation);
        if (isBoth || attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>() != context.TargetNode)
        {
            return null;
        }

        PlaceTable places = new();
        Reading reading = new(context.SemanticModel.Compilation, places, cancellation);
        reading.OpenModules.Add(type);
        ModelSpec spec = Guarded(reading, type, isModule);
        return new ModelReading(spec, places.ToArray(), reading.Diagnostics);
    }

    /// <summary>A fault of a reader is a diagnostic on the class, and the class gets what surface a class without members has.</summary>
    private static ModelSpec Guarded(Reading reading, INamedTypeSymbol type, bool isModule)
    {
        try
        {
            return Read(reading, type, isModule);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            TypeSpec declaration = DeclarationReader.Read(reading, type);
            reading.Report(DiagnosticCatalog.CompilerFault, declaration.Place, type.Name, fault.GetType().Name + ": " + fault.Message);
            return new ModelSpec(declaration, isModule, IsStack: false, [], [], [], [], [], [], HasErrors: true, IsMisdeclared: true);
        }
    }

    public static ModelSpec Read(Reading reading, INamedTypeSymbol type, bool isModule)
    {
        ClassScope scope = new(reading, type);
        TypeSpec declaration = DeclarationReader.Read(reading, type);
        ClassRules.Check(scope, isModule);
        LayerReader.Read(scope);
        PropertyReader.Read(scope);
        StackSpec? stack = StackReader.Read(scope);
        EquatableArray<MethodSpec> methods = stack?.Methods ?? MethodReader.Read(scope, isModule);
        if (stack is null)
        {
            CallRules.Check(scope, isModule, methods);
        }

        ModelSpec spec = new(
            declaration,
            isModule,
            IsStack: stack is not null,
            (stack?.Layers ?? []).Concat(scope.Layers.Values).ToEquatableArray(),
            scope.Parameters.Values.ToEquatableArray(),
            scope.Children.Values.ToEquatableArray(),
            methods,
            reading.Modules.Values.ToEquatableArray(),
            type.GetMembers().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name).Distinct().ToEquatableArray(),
            reading.HasErrors,
            ClassRules.IsMisdeclared(type, isModule))
        {
            States = scope.States.Values.ToEquatableArray(),
        };
        StateRules.Check(reading, spec);
        return spec with { HasErrors = reading.HasErrors };
    }
}
