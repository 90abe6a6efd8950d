using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace ModelGen;

/// <summary>A model's parameters in the order of the flat buffer.</summary>
public sealed class ParameterCollection : IReadOnlyList<Parameter>
{
    private readonly Parameter[] ordered;
    private readonly Dictionary<string, Parameter> byName;

    internal ParameterCollection(IEnumerable<Parameter> parameters)
    {
        ordered = [.. parameters];
        byName = ordered.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public int Count => ordered.Length;

    /// <inheritdoc/>
    public Parameter this[int index] => ordered[index];

    /// <summary>Gets a parameter by its name.</summary>
    /// <param name="name">The name, such as <c>Blocks.2.Expand.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no parameter of this name.</exception>
    public Parameter this[string name] => byName.TryGetValue(name, out Parameter? parameter)
        ? parameter
        : throw new KeyNotFoundException($"There is no parameter '{name}'; there are: {string.Join(", ", byName.Keys)}.");

    /// <summary>Looks for a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameter">The parameter, where there is one.</param>
    /// <returns>Whether there is a parameter of this name.</returns>
    public bool TryGet(string name, [MaybeNullWhen(false)] out Parameter parameter) => byName.TryGetValue(name, out parameter);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)ordered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
