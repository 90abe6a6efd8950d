using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary><c>Scan</c>: its step becomes the body of a loop, which takes the sequence element by element and keeps what every step gives.</summary>
internal sealed partial class MethodBuilder
{
    /// <summary>What the method returns, as the user wrote it; known once it has returned.</summary>
    private Expression? returned;

    private BuildValue Scan(CallExpression call, string? name)
    {
        if (call.Arguments.FirstOrDefault(argument => argument.Name == "step")?.Value is not StepExpression step)
        {
            return ErrorValue.Instance;
        }

        GivenArgument[] given = Given(call.Arguments);
        BuildValue first = given.First(argument => argument.Name == "first").Value;
        AttributeSet attributes = Attributes(given.Where(argument => argument.Name is "axis" or "reverse" or "count"), []);
        Node? steps = given.FirstOrDefault(argument => argument.Name == "sequence") is { } sequence ? StepsOf(sequence, attributes, call) : null;
        Dim count = steps is null ? Count(given, attributes) : Dim.Named(SizeName(new SizeValue(steps, 0)));
        Node[] initial = [.. States(first).Select(state => Tensor(state, call.Place))];
        LoopScope outer = scope;
        int number = entry.NextLoop();
        scope = new LoopScope(new GraphBuilder($"{outer.Builder.Name}.loop{number.ToString(CultureInfo.InvariantCulture)}", outer.Builder), number, outer);
        entry.StepsAround++;
        try
        {
            Node[] before = [.. initial.Select((state, index) => CarriedInput(Names(step, index), index, state))];
            BuildValue[] arguments = steps is null ? [Shaped(first, before)] : [Shaped(first, before), new TensorValue(Element(steps, step))];
            if (!TryStep(step, arguments, before, out Node? output))
            {
                return ErrorValue.Instance;
            }

            scope.Builder.Output(name ?? "steps", OutputRole.Stacked, output!);
            AttributeSet loop = AttributeSet.Of("loop", number).With("count", count).With("carried", before.Length).With("stacked", steps is null ? 0 : 1);
            loop = attributes.Get("reverse", false) ? loop.With("reverse", true) : loop;
            return Results(outer, first, step, outer.Own(Looped(outer, initial, steps, loop, call)), attributes, From(name, "steps", call));
        }
        finally
        {
            entry.StepsAround--;
            scope = outer;
        }
    }

    /// <summary>Runs the step once and hands its states on. What it gives besides is its output; a step that gives its state alone has that as its output.</summary>
    private bool TryStep(StepExpression step, BuildValue[] arguments, Node[] before, out Node? output)
    {
        (BuildValue after, Expression? from) = RunStep(step, arguments);
        BuildValue[] items = step.HasOutput && after is TupleValue pair ? [.. pair.Items] : [after];
        ImmutableArray<BuildValue> states = States(items[0]);
        output = null;
        if (states.Length != before.Length || states.Concat(items).OfType<ErrorValue>().Any())
        {
            return false;
        }

        for (int index = 0; index < before.Length; index++)
        {
            Expression at = StateOf(from, step.HasOutput, index) ?? step;
            string called = Names(step, index);
            Node now = Tensor(states[index], at.Place);
            Node kept = Add(Catalog<StateAfter>.Op, [now, before[index]], AttributeSet.Of("state", called), new Origin(called, at.Text, at.Place));
            scope.Builder.Output(called, OutputRole.Carried, kept);
            output = kept;
        }

        output = step.HasOutput ? Tensor(items[items.Length - 1], step.Place) : output;
        return true;
    }

    /// <summary>What a step returns, and the expression that says it.</summary>
    private (BuildValue Value, Expression? From) RunStep(StepExpression step, BuildValue[] arguments)
    {
        string[] names = [.. step.States.Take(1)];
        if (step is MethodExpression named)
        {
            MethodSpec method = spec.Methods.First(candidate => candidate.Key == named.Method);
            MethodBuilder builder = new(entry, spec, path, dimScope, depth + 1, scope);
            return (builder.Run(method, arguments, names, States(locals)), builder.returned);
        }

        LambdaExpression lambda = (LambdaExpression)step;
        Dictionary<string, BuildValue> before = new(locals);
        (BuildValue? outerResult, Expression? outerReturned, IReadOnlyList<string> outerNames) = (result, returned, resultNames);
        (result, returned, resultNames) = (null, null, names);
        try
        {
            for (int index = 0; index < lambda.Parameters.Count && index < arguments.Length; index++)
            {
                locals[lambda.Parameters[index]] = arguments[index];
            }

            Run(lambda.Body);
            return (result ?? ErrorValue.Instance, returned);
        }
        finally
        {
            Restore(before);
            (result, returned, resultNames) = (outerResult, outerReturned, outerNames);
        }
    }

    /// <summary>The expression of a state within what a step returns, as far as it is written out.</summary>
    private static Expression? StateOf(Expression? from, bool hasOutput, int index)
    {
        Expression? state = hasOutput && from is TupleExpression { Items: [Expression first, _] } ? first : from;
        return state is TupleExpression tuple && index < tuple.Items.Count ? tuple.Items[index] : state;
    }

    /// <summary>The sequence with the axis of its steps first.</summary>
    private Node StepsOf(GivenArgument sequence, AttributeSet attributes, CallExpression call)
    {
        Node x = Tensor(sequence.Value, sequence.From.Place);
        return Add(Catalog<StepsOf>.Op, [x], AttributeSet.Of("axis", attributes.Get("axis", Ops.Scan.DefaultAxis)), new Origin(x.Origin.Name, sequence.From.Text, call.Place));
    }

    private static Dim Count(GivenArgument[] given, AttributeSet attributes)
    {
        Expression at = given.First(argument => argument.Name == "count").From;
        int count = attributes.Get<int>("count");
        return count > 0 ? Dim.Of(count) : throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.BadArgument, at.Place, $"Scan needs at least one step, but 'count' is {at.Text}: give it 1 or more"));
    }

    /// <summary>The step's element of the sequence.</summary>
    private Node Element(Node steps, StepExpression step)
    {
        string name = step is LambdaExpression lambda ? LocalNames.Shown(lambda.Parameters[1]) : spec.Methods.First(method => method.Key == ((MethodExpression)step).Method).Inputs[1].Name;
        scope.Builder.Origin = new Origin(name, name, step.Place);
        return scope.Own(scope.Builder.Add(Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", BodyInput.Stacked).With("index", 0), null, steps.Type));
    }

    private Node Looped(LoopScope outer, Node[] initial, Node? steps, AttributeSet attributes, CallExpression call)
    {
        outer.Builder.Origin = new Origin("step", call.Text, call.Place);
        IEnumerable<Node> stacked = steps is null ? [] : [steps];
        return outer.Builder.Add(Catalog<Loop>.Op, [.. initial, .. stacked, .. scope.Captured], attributes, null, TensorType.Float, scope.Builder.Build());
    }

    /// <summary>What the loop gives: the last states and the outputs, or the states of all steps where the step gives nothing else.</summary>
    private BuildValue Results(LoopScope outer, BuildValue first, StepExpression step, Node loop, AttributeSet attributes, Origin origin)
    {
        scope = outer;
        int carried = loop.Attributes.Get<int>("carried");
        Node[] last = [.. Enumerable.Range(0, carried).Select(index => Result(loop, index, new Origin(Names(step, index), origin.Text, origin.Place)))];
        Node kept = Result(loop, carried, origin with { Part = "Steps" });
        AttributeSet axis = AttributeSet.Of("axis", attributes.Get("axis", Ops.Scan.DefaultAxis));
        TensorValue steps = new(Add(Catalog<Scan>.Op, [kept], axis, origin));
        return step.HasOutput ? new TupleValue([Shaped(first, last), steps]) : steps;
    }

    private Node Result(Node loop, int index, Origin origin)
    {
        scope.Builder.Origin = origin;
        return scope.Own(scope.Builder.Add(Catalog<LoopResult>.Op, [loop], AttributeSet.Of("index", index), null, loop.Body!.Outputs[index].Value.Type));
    }

    private static string Names(StepExpression step, int index) => step.States.Count > index ? LocalNames.Shown(step.States[index]) : "state";

    private static ImmutableArray<BuildValue> States(BuildValue state) => state is TupleValue tuple ? tuple.Items : [state];

    /// <summary>Nodes in the form of a state: alone, or as a tuple.</summary>
    private static BuildValue Shaped(BuildValue state, Node[] nodes) =>
        state is TupleValue ? new TupleValue([.. nodes.Select(node => (BuildValue)new TensorValue(node))]) : new TensorValue(nodes[0]);
}
