using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What one class gave: the spec, where its numbered places lie, and what is wrong with it.</summary>
internal sealed record ModelReading(ModelSpec Spec, EquatableArray<Place> Places, EquatableArray<DiagnosticSpec> Diagnostics);
