using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Reference;
using static ModelGen.Functional;

namespace ModelGen;

/// <summary>Recurrent layers step by step, one after another, as their formulas say.</summary>
internal static class EagerRecurrence
{
    /// <summary>One step: the states after it from <c>W_ih · xₜ + b_ih</c>, <c>W_hh · hₜ₋₁ + b_hh</c> and the states before it. The first state is the hidden one.</summary>
    public delegate Tensor[] Step(Tensor inputs, Tensor hidden, Tensor[] before);

    /// <summary>All layers and directions of which there are parameters: what they give, and the states behind the last step.</summary>
    public static Tensor[] Run(EagerScope layer, Tensor x, Tensor?[] states, Tensor? mask, Step step)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        string[] places = [.. Places(layer)];
        Check(layer, x, states, mask, places.Length);
        var last = new List<Tensor>[states.Length];
        for (int state = 0; state < states.Length; state++) last[state] = [];

        Tensor sequence = x;
        foreach (IGrouping<string, string> passes in places.GroupBy(place => place.Split('_')[0]))
        {
            List<Tensor> outputs = [];
            foreach (string place in passes)
            {
                Tensor[] before = [.. states.Select(state => First(state, x.Shape[0], layer.Parameter("weight_hh_" + place).Shape[1], last[0].Count))];
                (Tensor output, Tensor[] after) = Run(layer, place, sequence, before, mask, step);
                outputs.Add(output);
                for (int state = 0; state < states.Length; state++) last[state].Add(after[state]);
            }

            sequence = Concat(2, [.. outputs]);
        }

        return [sequence, .. last.Select(passes => passes.Count == 1 ? passes[0] : Stack(1, [.. passes]))];
    }

    /// <summary>What belongs to each gate.</summary>
    public static Tensor[] Gates(Tensor all, int count)
    {
        int width = all.Shape[1] / count;
        return [.. Enumerable.Range(0, count).Select(gate => Slice(all, 1, gate * width, width))];
    }

    private static (Tensor Output, Tensor[] Last) Run(EagerScope layer, string place, Tensor x, Tensor[] before, Tensor? mask, Step step)
    {
        Tensor weightIh = layer.Parameter("weight_ih_" + place), weightHh = layer.Parameter("weight_hh_" + place);
        Tensor biasIh = layer.Parameter("bias_ih_" + place), biasHh = layer.Parameter("bias_hh_" + place);
        int time = x.Shape[1];
        var outputs = new Tensor[time];
        for (int count = 0; count < time; count++)
        {
            int t = place.EndsWith("_reverse", StringComparison.Ordinal) ? time - 1 - count : count;
            Tensor inputs = MatMul(x[.., t], Permute(weightIh, 1, 0)) + biasIh;
            Tensor hidden = MatMul(before[0], Permute(weightHh, 1, 0)) + biasHh;
            Tensor[] after = step(inputs, hidden, before);
            Tensor? exists = mask is null ? null : Unsqueeze(mask[.., t], 1);
            outputs[t] = exists is null ? after[0] : Where(exists, after[0], 0);
            before = exists is null ? after : [.. after.Zip(before, (now, then) => Where(exists, now, then))];
        }

        return (Stack(1, outputs), before);
    }

    /// <summary>The state that a pass begins with.</summary>
    private static Tensor First(Tensor? state, int batch, int width, int pass) =>
        state is null ? Tensor.From(new float[batch * width], [batch, width])
        : state.Rank == 2 ? state
        : state[.., pass];

    /// <summary>What the names of the parameters end with: <c>l0</c>, <c>l0_reverse</c>, <c>l1</c>, …</summary>
    private static IEnumerable<string> Places(EagerScope layer)
    {
        for (int index = 0; layer.Has(string.Create(CultureInfo.InvariantCulture, $"weight_ih_l{index}")); index++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"l{index}");
            yield return place;
            if (layer.Has($"weight_ih_{place}_reverse")) yield return place + "_reverse";
        }
    }

    private static void Check(EagerScope layer, Tensor x, Tensor?[] states, Tensor? mask, int passes)
    {
        int size = layer.Parameter("weight_ih_l0").Shape[1], width = layer.Parameter("weight_hh_l0").Shape[1];
        if (x.Rank != 3 || x.Shape[1] == 0 || x.Shape[2] != size)
            throw new ArgumentException($"{layer} expects [batch, time, {size}] with at least one step but was given {Shapes.Text(x.Shape.AsSpan())}.", nameof(x));

        int[] wanted = passes == 1 ? [x.Shape[0], width] : [x.Shape[0], passes, width];
        foreach (Tensor? state in states) Check(layer, state, wanted, nameof(states));

        Check(layer, mask, [x.Shape[0], x.Shape[1]], nameof(mask));
    }

    private static void Check(EagerScope layer, Tensor? tensor, int[] wanted, string name)
    {
        if (tensor is not null && !tensor.Shape.AsSpan().SequenceEqual(wanted))
            throw new ArgumentException($"{layer} expects {name} of shape {Shapes.Text(wanted)} but was given {Shapes.Text(tensor.Shape.AsSpan())}.", name);
    }
}
