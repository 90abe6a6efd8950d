using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Loops: each becomes one loop node, unless its variable is needed as a constant.</summary>
internal sealed partial class MethodBuilder
{
    /// <param name="variable">The value of the loop's variable, from the loop's number (null for a constant) and the iteration.</param>
    private void RunLoop(LoopStatement loop, int count, Func<int?, int, BuildValue> variable)
    {
        if (count <= 1)
        {
            Unroll(loop, count, variable);
            return;
        }

        Dictionary<string, BuildValue> before = new(locals);
        int errors = entry.Diagnostics.Count;
        try
        {
            KeepLoop(loop, count, variable);
        }
        catch (NeedsConstantException) when (count <= MostUnrolled)
        {
            entry.Diagnostics.RemoveRange(errors, entry.Diagnostics.Count - errors);
            Restore(before);
            Unroll(loop, count, variable);
        }
        catch (NeedsConstantException)
        {
            throw new BuildException(DiagnosticSpec.Of(
                DiagnosticCatalog.NotConstant, loop.Place, loop.Variable, $"the loop has to be unrolled, and {count} iterations are more than the {MostUnrolled} that are allowed"));
        }
    }

    private static Func<int?, int, BuildValue> ForVariable(ForStatement loop) => (number, iteration) => number is { } kept
        ? new LoopVariableValue(kept, loop.Start, loop.Step)
        : new NumberValue(loop.Start + (iteration * loop.Step), true);

    private void Unroll(LoopStatement loop, int count, Func<int?, int, BuildValue> variable)
    {
        HashSet<string> outside = [.. locals.Keys];
        for (int iteration = 0; iteration < count; iteration++)
        {
            locals[loop.Variable] = variable(null, iteration);
            Run(loop.Body);
        }

        Forget(outside);
    }

    private void KeepLoop(LoopStatement loop, int count, Func<int?, int, BuildValue> variable)
    {
        LoopScope outer = scope;
        Dictionary<string, BuildValue> before = new(locals);
        CarriedLocal[] carried = [.. CarriedBy(loop)];
        int number = entry.NextLoop();
        LoopScope body = new(new GraphBuilder($"{outer.Builder.Name}.loop{number.ToString(CultureInfo.InvariantCulture)}", outer.Builder), number, outer);
        try
        {
            scope = body;
            int inputs = 0;
            foreach (CarriedLocal local in carried)
            {
                locals[local.Name] = local.Whole(local.First.Select((first, part) => CarriedInput(local.NameOf(part), inputs++, first)));
            }

            locals[loop.Variable] = variable(number, 0);
            Run(loop.Body);
            if (result is not null)
            {
                throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, loop.Place, "'return' inside a loop", "assign a local and return it after the loop"));
            }

            foreach (CarriedLocal local in carried)
            {
                Carry(local);
            }
        }
        finally
        {
            scope = outer;
            Restore(before);
        }

        Close(body, loop, count, carried);
    }

    /// <summary>What a loop hands from iteration to iteration: what it assigns and did not declare.</summary>
    private IEnumerable<CarriedLocal> CarriedBy(LoopStatement loop)
    {
        foreach (string name in LoopVariables.AssignedBy(loop.Body).Union(StateUse.AssignedBy(spec, loop.Body)).Except(loop.Locals))
        {
            if (locals.TryGetValue(name, out BuildValue? value) && value is not ErrorValue)
            {
                int place = LoopVariables.PlaceOf(loop, name);
                yield return new CarriedLocal(name, value, [.. Tensors(name, value, place).Select(part => scope.Import(Tensor(part, place)))], place);
            }
        }
    }

    /// <summary>Says what the next iteration finds in a local.</summary>
    private void Carry(CarriedLocal local)
    {
        Node[] parts = [.. Tensors(local.Name, locals[local.Name], local.Place).Select(part => Tensor(part, local.Place))];
        if (parts.Length != local.First.Length)
        {
            throw new BuildException(DiagnosticSpec.Of(
                DiagnosticCatalog.LoopChangesShape,
                local.Place,
                $"'{LocalNames.Shown(local.Name)}' enters the loop as {local.First.Length} tensors and leaves an iteration as {parts.Length}: let the loop keep their number"));
        }

        for (int part = 0; part < parts.Length; part++)
        {
            scope.Builder.Output(local.NameOf(part), OutputRole.Carried, scope.Import(parts[part]));
        }
    }

    /// <summary>The single tensors of a value: those of tuples and arrays one after another.</summary>
    private static IEnumerable<BuildValue> Tensors(string local, BuildValue value, int place) => value switch
    {
        TupleValue tuple => tuple.Items.SelectMany(item => Tensors(local, item, place)),
        ListValue or PartsValue => Flatten(value, new NameExpression(local, LocalNames.Shown(local), place)).SelectMany(item => Tensors(local, item, place)),
        _ => [value],
    };

    /// <summary>Writes the loop's node into the scope around it, and its results into the locals.</summary>
    private void Close(LoopScope body, LoopStatement loop, int count, CarriedLocal[] carried)
    {
        GraphBuilder builder = scope.Builder;
        builder.Origin = new Origin(loop.Variable, string.Empty, loop.Place);
        Node[] first = [.. carried.SelectMany(local => local.First)];
        AttributeSet attributes = AttributeSet.Of("loop", body.Loop).With("count", Dim.Of(count)).With("carried", first.Length).With("stacked", 0);
        Node node = scope.Own(builder.Add(Catalog<Loop>.Op, first.Concat(body.Captured), attributes, null, TensorType.Float, body.Builder.Build()));
        int results = 0;
        foreach (CarriedLocal local in carried)
        {
            locals[local.Name] = local.Whole(local.First.Select((part, index) =>
            {
                builder.Origin = new Origin(local.NameOf(index), local.NameOf(index), loop.Place);
                return scope.Own(builder.Add(Catalog<LoopResult>.Op, [node], AttributeSet.Of("index", results++), null, part.Type));
            }));
        }
    }

    private Node CarriedInput(string local, int index, Node initial)
    {
        scope.Builder.Origin = new Origin(local, local, initial.Origin.Place);
        AttributeSet attributes = AttributeSet.Of("kind", BodyInput.Carried).With("index", index);
        return scope.Own(scope.Builder.Add(Catalog<BodyInput>.Op, [], attributes, null, initial.Type));
    }

    private void Restore(Dictionary<string, BuildValue> before)
    {
        locals.Clear();
        foreach (KeyValuePair<string, BuildValue> local in before)
        {
            locals[local.Key] = local.Value;
        }
    }

    private void Forget(HashSet<string> outside)
    {
        foreach (string local in locals.Keys.Where(local => !outside.Contains(local)).ToList())
        {
            locals.Remove(local);
        }
    }
}
