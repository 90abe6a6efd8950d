using System;
using System.Collections.Generic;
using System.Globalization;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Where every named parameter lies: those of repeated modules become one per repetition.</summary>
internal static class ParameterLayout
{
    public static IEnumerable<Parameter> Expand(Model model, ModelDescription description)
    {
        foreach (ParameterDescription parameter in description.Parameters)
        {
            int copy = 0;
            foreach ((long offset, int length) in Tensors(parameter))
            {
                yield return new Parameter(model, parameter, NameOf(parameter, copy), offset, length);
                copy++;
            }
        }
    }

    /// <summary>Where the repetitions of a parameter lie.</summary>
    public static IEnumerable<(long Offset, int Length)> Tensors(ParameterDescription parameter)
    {
        int length = Product(parameter.Shape);
        int copies = Product(parameter.Repeat);
        for (int copy = 0; copy < copies; copy++)
        {
            yield return (parameter.Offset + ((long)copy * length), length);
        }
    }

    /// <summary>The name with its stars replaced by the copy's index, split row-major over the repetitions.</summary>
    private static string NameOf(ParameterDescription parameter, int copy)
    {
        string name = parameter.Name;
        for (int axis = parameter.Repeat.Length - 1; axis >= 0; axis--)
        {
            int star = name.LastIndexOf('*');
            string index = (copy % parameter.Repeat[axis]).ToString(CultureInfo.InvariantCulture);
            name = string.Concat(name.AsSpan(0, star), index, name.AsSpan(star + 1));
            copy /= parameter.Repeat[axis];
        }

        return name;
    }

    private static int Product(IEnumerable<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
        {
            product = checked(product * size);
        }

        return product;
    }
}
