using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads declarations and assignments: <c>var a = …</c>, <c>a = …</c>, <c>a += …</c>, <c>(a, b) = …</c>, <c>_ = …</c>.</summary>
internal sealed class AssignmentReader(Reading reading, ExpressionReader expressions)
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
                yield return new AssignStatement([declarator.Symbol.Name], expressions.Read(value), reading.PlaceOf(declarator.Syntax));
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
            ? [new AssignStatement([name], new BinaryExpression(op, new NameExpression(name, StateVariable.Shown(name), place), value, text, place), place) { TargetPlaces = Places([name], [compound.Target]) }]
            : [];
    }

    private IEnumerable<Statement> Deconstruct(IDeconstructionAssignmentOperation deconstruction)
    {
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation { Expression: IOperation inner } ? inner : deconstruction.Target;
        if (target is not ITupleOperation tuple)
        {
            return Reject(deconstruction);
        }

        List<string?> names = [.. tuple.Elements.Select(Target)];
        Expression value = expressions.Read(deconstruction.Value);
        EquatableArray<string> targets = names.Select(name => name!).ToEquatableArray();
        return names.Contains(null)
            ? []
            : [new AssignStatement(targets, value, reading.PlaceOf(deconstruction.Syntax)) { TargetPlaces = Places(targets, tuple.Elements) }];
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
                return CheckType(local.Type, local.Local.Name, target.Syntax) ? local.Local.Name : null;
            case IPropertyReferenceOperation property when expressions.StateOf(property) is StateSpec state:
                return StateVariable.Of(state.Name);
            case ILocalReferenceOperation or IParameterReferenceOperation when !Vocabulary.IsConstant(target.Type):
                return target is ILocalReferenceOperation known ? known.Local.Name : ((IParameterReferenceOperation)target).Parameter.Name;
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
                string what = target is ITupleOperation ? "a tuple within a tuple" : $"an assignment to '{SourceText.Of(target.Syntax)}'";
                reading.Report(DiagnosticCatalog.UnsupportedSyntax, target.Syntax, what, "assign to local variables and [State] properties; a method changes nothing else");
                return null;
        }
    }

    private bool CheckType(ITypeSymbol? type, string name, SyntaxNode node)
    {
        bool isTuple = type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => Vocabulary.IsTensor(element.Type));
        bool fits = Vocabulary.IsTensor(type) || Vocabulary.AreTensors(type) || Vocabulary.IsConstant(type) || isTuple;
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
