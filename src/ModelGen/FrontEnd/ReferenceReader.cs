using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads names: locals, parameters, properties of the class, sizes, tuple items, elements of a repeated module.</summary>
internal sealed class ReferenceReader(ClassScope scope, ExpressionReader expressions)
{
    private readonly Reading reading = scope.Reading;

    public Expression Read(IOperation operation, string text, int place) => operation switch
    {
        ILocalReferenceOperation local => new NameExpression(LocalReader.NameOf(reading, local.Local), text, place),
        IParameterReferenceOperation parameter => new NameExpression(LocalReader.NameOf(reading, parameter.Parameter), text, place),
        IFieldReferenceOperation field => Field(field, text, place),
        IPropertyReferenceOperation property => Property(property, text, place),
        IArrayElementReferenceOperation { Indices: [IOperation index] } element => Element(element, index, text, place),
        IImplicitIndexerReferenceOperation { Instance: IPropertyReferenceOperation { Property.Name: "Shape" } shape } =>
            Size(shape, operation, text, place),
        _ => expressions.Reject(operation),
    };

    /// <summary>The module property of this class that the reference names.</summary>
    public ChildSpec? ChildOf(IPropertyReferenceOperation property)
    {
        bool found = scope.Children.TryGetValue(property.Property, out ChildSpec? child) && property.Instance is IInstanceReferenceOperation;
        if (found)
        {
            scope.Use(child!.Name);
        }

        return found ? child : null;
    }

    /// <summary>The state of this class that the reference names.</summary>
    public StateSpec? StateOf(IPropertyReferenceOperation property)
    {
        bool found = scope.States.TryGetValue(property.Property, out StateSpec? state) && property.Instance is IInstanceReferenceOperation;
        if (found)
        {
            scope.Use(state!.Name);
        }

        return found ? state : null;
    }

    private Expression Field(IFieldReferenceOperation field, string text, int place)
    {
        if (field is { Instance: IOperation tuple, Field.ContainingType.IsTupleType: true })
        {
            IFieldSymbol item = field.Field.CorrespondingTupleField ?? field.Field;
            int index = field.Field.ContainingType.TupleElements.ToList()
                .FindIndex(element => element.Name == field.Field.Name || Same(element.CorrespondingTupleField, item));
            return new TupleItemExpression(expressions.Read(tuple), index, text, place);
        }

        string fix = Vocabulary.IsConstant(field.Type)
            ? $"declare '{field.Field.Name}' as const"
            : "use parameters of the method, layers and [Parameter] properties";
        reading.Report(DiagnosticCatalog.NotConstant, place, text, fix);
        return expressions.Unknown(field);
    }

    private Expression Property(IPropertyReferenceOperation property, string text, int place)
    {
        if (property.Property.Name == "Training" && Vocabulary.IsFunctional(property.Property.ContainingType))
        {
            return new TrainingExpression(text, place);
        }

        if (scope.Parameters.TryGetValue(property.Property, out ParameterSpec? parameter) && property.Instance is IInstanceReferenceOperation)
        {
            scope.Use(parameter.Name);
            return new ParameterExpression(parameter.Name, text, place);
        }

        if (StateOf(property) is StateSpec state)
        {
            return new NameExpression(StateVariable.Of(state.Name), text, place);
        }

        if (ChildOf(property) is ChildSpec { Repeat: null } child)
        {
            return new ModuleExpression(child.Name, null, text, place);
        }

        return property switch
        {
            { Property.Name: "Length", Instance: IPropertyReferenceOperation array } when ChildOf(array) is { Repeat: int count } =>
                new NumberExpression(count, true, text, place),
            { Property.IsIndexer: true, Instance: IPropertyReferenceOperation { Property.Name: "Shape" } shape } =>
                Size(shape, property, text, place),
            _ => RejectProperty(property, text, place),
        };
    }

    private Expression RejectProperty(IPropertyReferenceOperation property, string text, int place)
    {
        reading.HasErrors = true;
        if (Vocabulary.IsConstant(property.Type))
        {
            reading.Report(DiagnosticCatalog.NotConstant, place, text, "use a number or a const field");
        }
        else
        {
            string advice = Vocabulary.IsTensor(property.Type) ? "mark it [Parameter(…)] and partial, or pass it as a parameter of the method"
                : ChildOf(property) is not null ? "run over it with foreach, or take an element as " + text + "[i]"
                : "use layers, parameters and modules of this class";
            reading.Report(DiagnosticCatalog.UnsupportedSyntax, place, "'" + text + "'", advice);
        }

        return expressions.Unknown(property);
    }

    private Expression Element(IArrayElementReferenceOperation element, IOperation index, string text, int place)
    {
        if (Vocabulary.AreTensors(element.ArrayReference.Type))
        {
            return Part(element, index, text, place);
        }

        if (ExpressionReader.Unconverted(element.ArrayReference) is not IPropertyReferenceOperation array
            || ChildOf(array) is not { Repeat: int count } child)
        {
            reading.Report(DiagnosticCatalog.UnsupportedSyntax, place, "'" + text + "'", "only arrays of tensors and [Repeat] arrays of modules have elements here");
            return expressions.Unknown(element);
        }

        Expression position = FromEnd(index) is int fromEnd
            ? new NumberExpression(count - fromEnd, true, SourceText.Of(index.Syntax), reading.PlaceOf(index.Syntax))
            : expressions.Read(index);
        if (Constants.TryWhole(position, out int number) && (number < 0 || number >= count))
        {
            reading.Report(DiagnosticCatalog.NotConstant, position.Place, position.Text, $"'{child.Name}' has the elements 0 to {count - 1}");
        }

        return new ModuleExpression(child.Name, position, text, place);
    }

    /// <summary>One of the tensors that a word gives: the array itself is known only when it is built.</summary>
    private Expression Part(IArrayElementReferenceOperation element, IOperation index, string text, int place)
    {
        if (FromEnd(index) is not null)
        {
            reading.Report(DiagnosticCatalog.NotConstant, place, text, "count the tensors from the first one");
            return expressions.Unknown(element);
        }

        return new PartExpression(expressions.Read(element.ArrayReference), expressions.Read(index), text, place);
    }

    /// <summary><c>x.Shape[1]</c>, <c>x.Shape[^1]</c>.</summary>
    private Expression Size(IPropertyReferenceOperation shape, IOperation whole, string text, int place)
    {
        Expression tensor = shape.Instance is IOperation instance && Vocabulary.IsTensor(instance.Type)
            ? expressions.Read(instance)
            : expressions.Reject(shape);
        IOperation? index = whole is IPropertyReferenceOperation property
            ? property.Arguments.FirstOrDefault()?.Value
            : (whole as IImplicitIndexerReferenceOperation)?.Argument;
        if (index is not null && FromEnd(index) is int fromEnd)
        {
            return new SizeExpression(tensor, -fromEnd, text, place);
        }

        if (index is null || !Constants.TryWhole(expressions.Read(index), out int axis))
        {
            reading.Report(
                DiagnosticCatalog.NotConstant,
                index?.Syntax ?? whole.Syntax,
                SourceText.Of(index?.Syntax ?? whole.Syntax),
                "an axis is a number");
            return expressions.Unknown(whole);
        }

        return new SizeExpression(tensor, axis, text, place);
    }

    /// <summary>2 for <c>^2</c>, where 2 is a constant.</summary>
    private static int? FromEnd(IOperation index) =>
        ExpressionReader.Unconverted(index) is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true } number }
            && number.Value is int value
            ? value
            : null;

    private static bool Same(ISymbol? a, ISymbol? b) => a is not null && SymbolEqualityComparer.Default.Equals(a, b);
}
