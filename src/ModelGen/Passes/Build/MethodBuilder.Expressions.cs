using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Expressions.</summary>
internal sealed partial class MethodBuilder
{
    /// <param name="name">The local that the value goes to, or null.</param>
    private BuildValue Evaluate(Expression expression, string? name) => expression switch
    {
        NumberExpression number => new NumberValue(number.Value, number.IsInteger),
        BoolExpression boolean => new BoolValue(boolean.Value),
        StringExpression text => new TextValue(text.Value),
        EnumExpression member => new TextValue(member.Member),
        TrainingExpression => new BoolValue(entry.Training),
        ListExpression list => new ListValue([.. list.Items.Select(item => Evaluate(item, null))]),
        TupleExpression tuple => new TupleValue([.. tuple.Items.Select(item => Evaluate(item, null))]),
        NameExpression local => Local(local),
        ParameterExpression parameter => new TensorValue(Parameter(parameter)),
        ModuleExpression module => ModuleAt(module),
        CallExpression call => Call(call, name),
        UnaryExpression unary => Unary(unary, name),
        BinaryExpression binary => Binary(binary, name),
        ConditionalExpression choice => Evaluate(Constant(choice.Condition) ? choice.WhenTrue : choice.WhenFalse, name),
        TupleItemExpression item => Evaluate(item.Operand, null) is TupleValue tuple ? tuple.Items[item.Index] : ErrorValue.Instance,
        PartExpression part => PartOf(part, name),
        SizeExpression size => Evaluate(size.Operand, null) is TensorValue of ? new SizeValue(scope.Import(of.Node), size.Axis) : ErrorValue.Instance,
        SliceExpression slice => SliceOf(slice, name),
        _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, expression.Place, $"'{expression.Text}'", "write it with the words of ModelGen.Functional")),
    };

    private BuildValue Local(NameExpression local) => locals.TryGetValue(local.Name, out BuildValue? value)
        ? value is TensorValue tensor ? new TensorValue(scope.Import(tensor.Node)) : value
        : throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, local.Place, $"'{LocalNames.Shown(local.Name)}', which has no value here", "assign it before"));

    private Node Parameter(ParameterExpression expression)
    {
        ParameterSpec parameter = spec.Parameters.First(candidate => candidate.Name == expression.Name);
        AttributeSet attributes = Attributes(Given(parameter.Arguments), [])
            .With("path", InstancePath.Child(path.TrimEnd('.'), parameter.Name))
            .With("dims", EntryContext.Dims(parameter.Dims, dimScope));
        return Add(Catalog<DeclaredParameter>.Op, [], attributes, new Origin(parameter.Name, expression.Text, expression.Place));
    }

    private ModuleValue ModuleAt(ModuleExpression module)
    {
        ChildSpec child = spec.Children.First(candidate => candidate.Name == module.Child);
        string at = path.TrimEnd('.');
        if (module.Index is null)
        {
            return new ModuleValue(Module(child), InstancePath.Child(at, child.Name) + ".");
        }

        int count = child.Repeat ?? 0;
        PathIndex index = Evaluate(module.Index, null) switch
        {
            LoopVariableValue { Step: 1 } variable => new PathIndex(variable.Loop, variable.Start, count),
            LoopVariableValue => throw new NeedsConstantException(),
            NumberValue { IsInteger: true } number when number.Number >= 0 && number.Number < count => new PathIndex(null, (int)number.Number, count),
            _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.NotConstant, module.Place, module.Text, $"index {child.Name} with a constant from 0 to {count - 1}")),
        };
        return new ModuleValue(Module(child), InstancePath.Element(at, child.Name, index) + ".");
    }

    private BuildValue Unary(UnaryExpression unary, string? name) => Evaluate(unary.Operand, null) switch
    {
        ErrorValue error => error,
        NumberValue number => new NumberValue(-number.Number, number.IsInteger),
        BoolValue boolean => new BoolValue(!boolean.Value),
        BuildValue value => new TensorValue(Add(Catalog<Neg>.Op, [Tensor(value, unary.Place)], AttributeSet.Empty, From(name, "negative", unary))),
    };

    private BuildValue Binary(BinaryExpression binary, string? name)
    {
        BuildValue left = Evaluate(binary.Left, null);
        BuildValue right = Evaluate(binary.Right, null);
        if (left is ErrorValue || right is ErrorValue)
        {
            return ErrorValue.Instance;
        }

        if (ConstantMath.TryApply(binary.Operator, left, right, out BuildValue? folded))
        {
            return folded!;
        }

        if (left is LoopVariableValue or NumberValue && right is LoopVariableValue or NumberValue)
        {
            throw left is LoopVariableValue || right is LoopVariableValue
                ? new NeedsConstantException()
                : new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.NotConstant, binary.Place, binary.Text, "it has no value"));
        }

        Op op = binary.Operator switch
        {
            "+" => Catalog<Add>.Op,
            "-" => Catalog<Sub>.Op,
            "*" => Catalog<Mul>.Op,
            "/" => Catalog<Div>.Op,
            _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.TensorCondition, binary.Place, binary.Text, "compare with a word such as Greater(a, b), and choose with Where")),
        };
        return new TensorValue(Add(op, [Tensor(left, binary.Left.Place), Tensor(right, binary.Right.Place)], AttributeSet.Empty, From(name, NameOf(op), binary)));
    }

    private static string NameOf(Op op) => op switch
    {
        Ops.Add => "sum",
        Sub => "difference",
        Mul => "scaled",
        _ => "quotient",
    };

    private BuildValue PartOf(PartExpression part, string? name)
    {
        BuildValue operand = Evaluate(part.Operand, null);
        int index = Evaluate(part.Index, null) switch
        {
            LoopVariableValue => throw new NeedsConstantException(),
            NumberValue { IsInteger: true } number when number.Number >= 0 => (int)number.Number,
            _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.NotConstant, part.Place, part.Text, "index the tensors with a constant of 0 or more")),
        };
        return operand switch
        {
            PartsValue parts => parts.Part(index, name, null),
            ListValue list when index < list.Items.Length => list.Items[index],
            ListValue list => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.NotConstant, part.Place, part.Text, $"there are {list.Items.Length} tensors, so use an index below that")),
            _ => ErrorValue.Instance,
        };
    }

    private BuildValue SliceOf(SliceExpression slice, string? name)
    {
        BuildValue operand = Evaluate(slice.Operand, null);
        return operand is ErrorValue
            ? operand
            : new TensorValue(Add(Catalog<Ops.Index>.Op, [Tensor(operand, slice.Place)], AttributeSet.Of("ranges", slice.Ranges), From(name, "slice", slice)));
    }

    /// <summary>The condition of an <c>if</c>: it must not depend on data.</summary>
    private bool Constant(Expression condition) => Evaluate(condition, null) switch
    {
        BoolValue boolean => boolean.Value,
        LoopVariableValue => throw new NeedsConstantException(),
        _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.TensorCondition, condition.Place, condition.Text, "choose per element with Where(condition, a, b)")),
    };

    /// <summary>A value where a tensor is wanted; numbers become constants.</summary>
    private Node Tensor(BuildValue value, int place)
    {
        scope.Builder.Origin = Origin.None with { Place = place };
        return value switch
        {
            TensorValue tensor => scope.Import(tensor.Node),
            NumberValue number => scope.Own(scope.Builder.Constant(number.Number)),
            SizeValue size => Add(Catalog<SizeOf>.Op, [scope.Import(size.Of)], AttributeSet.Of("axis", size.Axis), new Origin("size", "size", place)),
            LoopVariableValue variable => LoopNumber(variable),
            ErrorValue => throw new BuildException(DiagnosticSpec.Of(string.Empty, place)),
            _ => throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, place, "this value where a tensor is expected", "pass a tensor or a number")),
        };
    }

    /// <summary>start + step · iteration, in the loop that the variable belongs to.</summary>
    private Node LoopNumber(LoopVariableValue variable)
    {
        LoopScope owner = scope;
        while (owner.Loop != variable.Loop)
        {
            owner = owner.Outer ?? throw new InvalidOperationException("A loop's variable is used outside of its loop.");
        }

        GraphBuilder builder = owner.Builder;
        Node index = owner.Own(builder.Add(Catalog<LoopIndex>.Op, [], AttributeSet.Of("loop", variable.Loop), Shape.Scalar));
        Node scaled = owner.Own(builder.Mul(index, owner.Own(builder.Constant(variable.Step))));
        return scope.Import(owner.Own(builder.Add(scaled, owner.Own(builder.Constant(variable.Start)))));
    }

    private Node Add(Op op, IEnumerable<Node> inputs, AttributeSet attributes, Origin origin)
    {
        Node[] list = [.. inputs];
        scope.Builder.Origin = origin;
        TensorType type = list.Length > 0 ? op.ResultType(new Node(-1, op, [.. list], attributes, null, TensorType.Float, origin, null)) : TensorType.Float;
        return scope.Own(scope.Builder.Add(op, list, attributes, null, type));
    }

    private static Origin From(string? name, string otherwise, Expression expression) => new(name ?? otherwise, expression.Text, expression.Place);
}
