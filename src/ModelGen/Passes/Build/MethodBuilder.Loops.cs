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
    private void RunLoop(string name, int count, EquatableArray<Statement> body, int place, Func<int?, int, BuildValue> variable)
    {
        if (count <= 1)
        {
            Unroll(name, count, body, variable);
            return;
        }

        Dictionary<string, BuildValue> before = new(locals);
        int errors = entry.Diagnostics.Count;
        try
        {
            KeepLoop(name, count, body, place, variable);
        }
        catch (NeedsConstantException) when (count <= MostUnrolled)
        {
            entry.Diagnostics.RemoveRange(errors, entry.Diagnostics.Count - errors);
            Restore(before);
            Unroll(name, count, body, variable);
        }
        catch (NeedsConstantException)
        {
            throw new BuildException(DiagnosticSpec.Of(
                DiagnosticCatalog.NotConstant, place, name, $"the loop has to be unrolled, and {count} iterations are more than the {MostUnrolled} that are allowed"));
        }
    }

    private static Func<int?, int, BuildValue> ForVariable(ForStatement loop) => (number, iteration) => number is { } kept
        ? new LoopVariableValue(kept, loop.Start, loop.Step)
        : new NumberValue(loop.Start + (iteration * loop.Step), true);

    private void Unroll(string name, int count, EquatableArray<Statement> body, Func<int?, int, BuildValue> variable)
    {
        HashSet<string> outside = [.. locals.Keys];
        for (int iteration = 0; iteration < count; iteration++)
        {
            locals[name] = variable(null, iteration);
            Run(body);
        }

        Forget(outside);
    }

    private void KeepLoop(string name, int count, EquatableArray<Statement> body, int place, Func<int?, int, BuildValue> variable)
    {
        LoopScope outer = scope;
        Dictionary<string, BuildValue> before = new(locals);
        string[] carried = [.. LoopVariables.AssignedBy(body).Union(StateUse.AssignedBy(spec, body)).Where(local => before.TryGetValue(local, out BuildValue? value) && value is not ErrorValue)];
        Node[] initial = [.. carried.Select(local => outer.Import(Tensor(before[local], place)))];
        int number = entry.NextLoop();
        scope = new LoopScope(new GraphBuilder($"{outer.Builder.Name}.loop{number.ToString(CultureInfo.InvariantCulture)}", outer.Builder), number, outer);
        try
        {
            for (int index = 0; index < carried.Length; index++)
            {
                locals[carried[index]] = new TensorValue(CarriedInput(LocalNames.Shown(carried[index]), index, initial[index]));
            }

            locals[name] = variable(number, 0);
            Run(body);
            if (result is not null)
            {
                throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, place, "'return' inside a loop", "assign a local and return it after the loop"));
            }

            foreach (string local in carried)
            {
                scope.Builder.Output(LocalNames.Shown(local), OutputRole.Carried, scope.Import(Tensor(locals[local], place)));
            }

            Close(outer, name, number, count, carried, initial, place);
        }
        finally
        {
            (LoopScope inner, scope) = (scope, outer);
            Dictionary<string, BuildValue> after = new(locals);
            Restore(before);
            foreach (string local in carried.Where(local => inner.Builder.Outputs.Count == carried.Length))
            {
                locals[local] = after[local];
            }
        }
    }

    /// <summary>Writes the loop's node into the scope around it, and its results into the locals.</summary>
    private void Close(LoopScope outer, string variable, int number, int count, string[] carried, Node[] initial, int place)
    {
        outer.Builder.Origin = new Origin(variable, string.Empty, place);
        AttributeSet attributes = AttributeSet.Of("loop", number).With("count", Dim.Of(count)).With("carried", carried.Length).With("stacked", 0);
        Node loop = outer.Own(outer.Builder.Add(Catalog<Loop>.Op, initial.Concat(scope.Captured), attributes, null, TensorType.Float, scope.Builder.Build()));
        for (int index = 0; index < carried.Length; index++)
        {
            string shown = LocalNames.Shown(carried[index]);
            outer.Builder.Origin = new Origin(shown, shown, place);
            Node value = outer.Builder.Add(Catalog<LoopResult>.Op, [loop], AttributeSet.Of("index", index), null, initial[index].Type);
            locals[carried[index]] = new TensorValue(outer.Own(value));
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
