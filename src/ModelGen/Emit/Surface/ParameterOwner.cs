using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Says in the user's words what a parameter belongs to: <c>Blocks.*.Expand.weight</c> is of <c>Blocks[*].Expand, Dense(width: "4*width")</c>.</summary>
internal static class ParameterOwner
{
    public static string Of(ModelSpec model, string parameter)
    {
        ModelSpec at = model;
        string path = string.Empty;
        foreach (string part in parameter.Split('.'))
        {
            path += part == "*" ? "[*]" : path.Length == 0 ? part : "." + part;
            if (at.Layers.FirstOrDefault(layer => layer.Name == part) is { } layer)
            {
                IEnumerable<string> arguments = layer.Arguments.Select(argument => $"{Names.Camel(argument.Name)}: {argument.Value.Text}");
                return $"{path}, {layer.Kind}{(layer.Arguments.Count == 0 ? string.Empty : $"({string.Join(", ", arguments)})")}";
            }

            if (at.Children.FirstOrDefault(child => child.Name == part) is { } child)
            {
                at = model.Modules.FirstOrDefault(module => module.Key == child.Module) ?? at;
            }
        }

        return $"{path}, a [Parameter]";
    }
}
