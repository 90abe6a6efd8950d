using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ModelGen.FrontEnd;

/// <summary>The methods whose bodies are read: those with a role, then those that they call, each once.</summary>
internal sealed class MethodTable(INamedTypeSymbol type)
{
    private readonly Dictionary<IMethodSymbol, string> keys = new(SymbolEqualityComparer.Default);
    private readonly Queue<IMethodSymbol> unread = new();

    /// <summary>Gets the calls between methods.</summary>
    public List<MethodCall> Calls { get; } = [];

    /// <summary>The method's key; its body will be read.</summary>
    public string Request(IMethodSymbol method)
    {
        if (!keys.TryGetValue(method, out string? key))
        {
            key = KeyOf(method);
            keys.Add(method, key);
            unread.Enqueue(method);
        }

        return key;
    }

    public bool TryNext(out IMethodSymbol method)
    {
        bool any = unread.Count > 0;
        method = any ? unread.Dequeue() : null!;
        return any;
    }

    /// <summary>The name, for methods of other classes with the class, for the second and further overloads with a number.</summary>
    public string KeyOf(IMethodSymbol method)
    {
        bool own = SymbolEqualityComparer.Default.Equals(method.ContainingType, type);
        string name = own ? method.Name : method.ContainingType.ToDisplayString() + "." + method.Name;
        int overload = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().ToList()
            .FindIndex(other => SymbolEqualityComparer.Default.Equals(other, method));
        return overload <= 0 ? name : name + "#" + (overload + 1);
    }
}

/// <summary>A call from one method's body to another method.</summary>
internal sealed record MethodCall(string Caller, string Callee, int Place);
