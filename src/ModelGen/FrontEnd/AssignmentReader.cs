using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads declarations and assignments: <c>var a = …</c>, <c>a = …</c>, <c>a += …</c>, <c>(a, b) = …</c>, <c>_ = …</c>.</summary>
/// <param name="step">The step of a Scan whose statements they are; null for a method's.</param>
internal sealed class AssignmentReader(Reading reading, ExpressionReader expressions, IMethodSymbol? step)
{
    public IEnumerable<Statement> Declaration(IVariableDeclarationOperation declaration)
    {
        foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
        {
            IOperation? value = (declarator.Initializer ?? declaration.Initializer)?.Value;
            if (declarator.Symbol.IsRef)
            {
                reading.Report(DiagnosticCatalog.UnsupportedSyntax, reading.PlaceOf(declarator.Syntax), "a 'ref' local", "assign to the variable itself");
            }
            else if (value is not null && !declarator.Symbol.IsConst && CheckType(declarator.Symbol.Type, declarator.Symbol.Name, declarator.Syntax))
            {
                yield return new AssignStatement([LocalReader.NameOf(reading, declarator.Symbol)], expressions.Read(value), reading.PlaceOf(declarator.Syntax));
            }
        }
    }

    public bool TryRead(IOperation operation, out IEnumerable<Statement> statements)
    {
        statements = operation switch
        {
            ISimpleAssignmentOperation { IsRef: false } assignment => Assign(assignment.Target, expressions.Read(assignment.Value), operation),
            ICompoundAssignmentOperation compound => Compound(compound),
            IDeconstructionAssignmentOperation deconstruction => Deconstruct(deconstruction),
            _ => [],
        };
        return operation is ISimpleAssignmentOperation { IsRef: false } or ICompoundAssignmentOperation or IDeconstructionAssignmentOperation;
    }

    private IEnumerable<Statement> Assign(IOperation target, Expression value, IOperation whole) =>
        Target(target) is string name ? [new AssignStatement([name], value, reading.PlaceOf(whole.Syntax)) { TargetPlaces = Places([name], [target]) }] : [];

    /// <summary><c>x += y</c> → <c>x = x + y</c>.</summary>
    private IEnumerable<Statement> Compound(ICompoundAssignmentOperation compound)
    {
        Expression value = expressions.Read(compound.Value);
        string text = SourceText.Of(compound.Syntax);
        int place = reading.PlaceOf(compound.Syntax);
        if (Operators.Of(compound.OperatorKind) is not ("+" or "-" or "*" or "/"))
        {
            return Reject(compound);
        }

        string op = Operators.Of(compound.OperatorKind)!;
        return Target(compound.Target) is string name
            ? [new AssignStatement([name], new BinaryExpression(op, new NameExpression(name, LocalNames.Shown(name), place), value, text, place), place) { TargetPlaces = Places([name], [compound.Target]) }]
            : [];
    }

    private IEnumerable<Statement> Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation { Expression: IOperation inner } ? inner : deconstruction.Target;
        return target is ITupleOperation tuple
            ? Deconstruct(tuple, Overwritten(tuple), expressions.Read(deconstruction.Value), reading.PlaceOf(deconstruction.Syntax))
            : Reject(deconstruction);
    }

    /// <summary>Targets that are assigned once more further right: <c>((a, b), a) = v</c> sets the first <c>a</c> for nothing.</summary>
    private static HashSet<IOperation> Overwritten(ITupleOperation tuple)
    {
        HashSet<ISymbol> later = new(SymbolEqualityComparer.Default);
        return [.. Targets(tuple).Reverse().Where(target => SymbolOf(target) is ISymbol symbol && !later.Add(symbol))];

        static IEnumerable<IOperation> Targets(ITupleOperation tuple) => tuple.Elements.SelectMany(element => element is ITupleOperation inner ? Targets(inner) : [element]);

        static ISymbol? SymbolOf(IOperation target) => target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
    }

    /// <summary><c>((a, b), c) = v</c> → <c>(t, c) = v</c>, then <c>(a, b) = t</c>, where <c>t</c> is called as the user writes it: <c>(a, b)</c>.</summary>
    /// <param name="overwritten">The targets to discard.</param>
    private IEnumerable<Statement> Deconstruct(ITupleOperation tuple, HashSet<IOperation> overwritten, Expression value, int place)
    {
        List<string?> names = [.. tuple.Elements.Select(element => element is ITupleOperation inner ? SourceText.Of(inner.Syntax) : Target(element) is not string name ? null : overwritten.Contains(element) ? "_" : name)];
        if (names.Contains(null))
        {
            return [];
        }

        EquatableArray<string> targets = names.Select(name => name!).ToEquatableArray();
        AssignStatement whole = new(targets, value, place) { TargetPlaces = Places(targets, tuple.Elements) };
        return tuple.Elements.OfType<ITupleOperation>()
            .SelectMany(inner => Deconstruct(inner, overwritten, new NameExpression(SourceText.Of(inner.Syntax), SourceText.Of(inner.Syntax), place), place))
            .Prepend(whole);
    }

    /// <summary>The places of targets, which only the shapes of states need.</summary>
    private EquatableArray<int> Places(EquatableArray<string> names, IEnumerable<IOperation> targets) =>
        names.Any(StateVariable.Is) ? targets.Select(target => reading.PlaceOf(target.Syntax)).ToEquatableArray() : [];

    /// <summary>The local's or parameter's name, the state's variable, <c>_</c> for a discard; everything else is reported.</summary>
    private string? Target(IOperation target)
    {
        switch (target)
        {
            case IDiscardOperation:
                return "_";
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation local }:
                return CheckType(local.Type, local.Local.Name, target.Syntax) ? LocalReader.NameOf(reading, local.Local) : null;
            case IPropertyReferenceOperation property when expressions.StateOf(property) is StateSpec state:
                return CheckOwner(property.Property, target.Syntax) ? StateVariable.Of(state.Name) : null;
            case ILocalReferenceOperation or IParameterReferenceOperation when !Vocabulary.IsConstant(target.Type):
                ISymbol variable = target is ILocalReferenceOperation known ? known.Local : ((IParameterReferenceOperation)target).Parameter;
                return CheckOwner(variable, target.Syntax) ? LocalReader.NameOf(reading, variable) : null;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                reading.Report(
                    DiagnosticCatalog.NotConstant,
                    target.Syntax,
                    target.Syntax.ToString(),
                    "a number may be given a value only where it is declared");
                return null;
            case IInvalidOperation:
                expressions.Reject(target);
                return null;
            default:
                reading.Report(
                    DiagnosticCatalog.UnsupportedSyntax,
                    target.Syntax,
                    $"an assignment to '{SourceText.Of(target.Syntax)}'",
                    "assign to local variables and [State] properties; a method changes nothing else");
                return null;
        }
    }

    /// <summary>A step changes its own locals only: it runs as often as there are elements, and what it leaves behind is its state.</summary>
    private bool CheckOwner(ISymbol variable, SyntaxNode at)
    {
        bool isOwn = step is null || SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, step);
        if (!isOwn)
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax, at, $"an assignment to '{variable.Name}', which lies outside of the step", "make it a part of the state that the step hands on");
        }

        return isOwn;
    }

    private bool CheckType(ITypeSymbol? type, string name, SyntaxNode node)
    {
        bool fits = Vocabulary.AreTensors(type) || Vocabulary.IsConstant(type) || Vocabulary.IsTensorOrTuple(type);
        if (!fits && type is { TypeKind: not TypeKind.Error })
        {
            string fix = Vocabulary.IsModule(type)
                ? "call its [Forward] method where it stands"
                : "locals are tensors, tuples and arrays of tensors, and constants";
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                node,
                $"the local '{name}' of type {type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}",
                fix);
        }

        reading.HasErrors |= !fits;
        return fits || type?.TypeKind == TypeKind.Error;
    }

    private IEnumerable<Statement> Reject(IOperation operation)
    {
        expressions.Reject(operation);
        return [];
    }
}
