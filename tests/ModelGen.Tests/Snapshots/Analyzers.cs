using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen.Tests.Snapshots;

/// <summary>The platform's analyzers as <c>AnalysisMode=All</c> sets them, from the SDK that runs the tests.</summary>
internal static partial class Analyzers
{
    private static readonly string Folder = Path.Combine(Sdk(), "Sdks", "Microsoft.NET.Sdk", "analyzers");

    public static ImmutableArray<DiagnosticAnalyzer> All { get; } =
        [.. Directory.GetFiles(Folder, "*NetAnalyzers.dll").Where(file => !file.Contains("VisualBasic", StringComparison.Ordinal)).SelectMany(Of)];

    /// <summary>Gets every rule as the SDK's file for all rules says.</summary>
    public static ImmutableDictionary<string, ReportDiagnostic> Rules { get; } = Severity()
        .Matches(File.ReadAllText(Directory.GetFiles(Path.Combine(Folder, "build", "config"), "analysislevel_*_all.globalconfig").Order(StringComparer.Ordinal).Last()))
        .ToImmutableDictionary(match => match.Groups["rule"].Value, match => match.Groups["severity"].Value == "none" ? ReportDiagnostic.Suppress : ReportDiagnostic.Warn);

    private static IEnumerable<DiagnosticAnalyzer> Of(string file) => Types(Assembly.LoadFrom(file))
        .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return some.Types.OfType<Type>();
        }
    }

    private static string Sdk()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        return Directory.GetDirectories(Path.Combine(root, "sdk"), $"{Environment.Version.Major}.*").Order(StringComparer.Ordinal).Last();
    }

    [GeneratedRegex(@"dotnet_diagnostic\.(?<rule>\w+)\.severity\s*=\s*(?<severity>\w+)")]
    private static partial Regex Severity();
}
