using System;
using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graphs;

namespace ModelGen.Passes;

/// <summary>Remembers what size each layer was first used with, so that a use with another size is an error.</summary>
internal sealed class LayerSizes
{
    private readonly Dictionary<string, (Dim Size, Node First)> known = [];

    public void Check(Node layer, Dim size, Action<DiagnosticSpec> report)
    {
        string name = InstancePath.Name(layer.Attributes.Get<string>("path"));
        if (!known.TryGetValue(name, out (Dim Size, Node First) first))
        {
            known[name] = (size, layer);
            if (!size.IsConstant)
            {
                report(DiagnosticSpec.Of(
                    DiagnosticCatalog.ShapeMismatch,
                    layer.Origin.Place,
                    $"{name} needs a constant last axis, because it fixes the size of its parameters, but '{layer.Input.Origin.Text}' gives {layer.Input.Shape}: give that dimension a number in [Shape]"));
            }
        }
        else if (first.Size != size)
        {
            report(DiagnosticSpec.Of(
                DiagnosticCatalog.LayerWithTwoSizes,
                layer.Origin.Place,
                $"{name} expects [.., {first.Size}], as in '{first.First.Origin.Text}', but '{layer.Input.Origin.Text}' gives {layer.Input.Shape}: "
                + "declare a second layer for it, or give both the same size"));
        }
    }
}
