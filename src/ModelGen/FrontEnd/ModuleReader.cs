using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads the module classes that a class uses, and those that they use, each once per model.</summary>
internal static class ModuleReader
{
    /// <summary>The module's key; its spec is then among <see cref="Reading.Modules"/>.</summary>
    public static string Read(Reading reading, INamedTypeSymbol module, int place)
    {
        string key = DeclarationReader.Read(reading, module).Key;
        if (reading.OpenModules.Contains(module, SymbolEqualityComparer.Default))
        {
            reading.Report(
                DiagnosticCatalog.RecursiveCall,
                place,
                module.Name,
                string.Join(" → ", reading.OpenModules.Select(open => open.Name).Append(module.Name)));
        }
        else if (module.DeclaringSyntaxReferences.Length == 0)
        {
            reading.Report(DiagnosticCatalog.ForeignModule, place, module.Name);
        }
        else if (!reading.Modules.ContainsKey(key))
        {
            Reading inner = reading.ForModule(module);
            ModelSpec spec = TypeReader.Read(inner, module, isModule: true);
            reading.Modules[key] = spec with { Modules = [] };
        }

        reading.HasErrors |= reading.Modules.TryGetValue(key, out ModelSpec? read) && read.HasErrors;
        return key;
    }
}
