using ModelGen.Specs;

namespace ModelGen.Diagnostics;

/// <summary>A diagnostic before it has a location: its id in <see cref="DiagnosticCatalog"/>, the place number of the spec and the message's arguments.</summary>
internal sealed record DiagnosticSpec(string Id, int Place, EquatableArray<string> Arguments)
{
    public static DiagnosticSpec Of(string id, int place, params string[] arguments) => new(id, place, arguments.ToEquatableArray());
}
