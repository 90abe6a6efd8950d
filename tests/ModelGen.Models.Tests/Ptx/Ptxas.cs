using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>Rows of tests that need NVIDIA's assembler: skipped where there is none, unless <c>MODELGEN_REQUIRE_PTXAS=1</c> makes that a failure.</summary>
public sealed class PtxasTheoryAttribute : TheoryAttribute
{
    /// <summary>Initializes a new instance of the <see cref="PtxasTheoryAttribute"/> class.</summary>
    public PtxasTheoryAttribute() => Skip = Ptxas.WhySkipped;
}

/// <summary>What the assembler made of a kernel.</summary>
/// <param name="Registers">The registers of a thread.</param>
/// <param name="Shared">Bytes of memory that a thread group shares.</param>
/// <param name="Spilled">Bytes that are stored and loaded because registers do not suffice.</param>
/// <param name="Stack">Bytes of memory of a thread's own.</param>
/// <param name="Error">What is wrong with the kernel, if anything.</param>
internal sealed record Assembled(int Registers, int Shared, int Spilled, int Stack, string? Error);

/// <summary>NVIDIA's assembler, which <c>eng/ptxas</c> finds or fetches. Tests never fetch it, unless they have to have it.</summary>
internal static partial class Ptxas
{
    private static readonly Lazy<(string Path, string? Missing)> Found = new(Find);

    /// <summary>Gets why tests are skipped, or null where they run: also to fail where the assembler is required.</summary>
    public static string? WhySkipped => IsRequired ? null : Found.Value.Missing;

    /// <summary>Gets the folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    private static bool IsRequired => Environment.GetEnvironmentVariable("MODELGEN_REQUIRE_PTXAS") == "1";

    /// <summary>Assembles a kernel.</summary>
    /// <param name="ptx">The kernel.</param>
    /// <param name="architecture">The processor, such as <c>sm_80</c>.</param>
    public static Assembled Assemble(string ptx, string architecture)
    {
        (string path, string? missing) = Found.Value;
        Assert.True(missing is null, $"MODELGEN_REQUIRE_PTXAS=1 asks for NVIDIA's assembler. {missing}");
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, ptx);
            (int status, string output) = Run(path, "-v", $"-arch={architecture}", file, "-o", "/dev/null");
            return new Assembled(
                Number(Registers().Match(output)),
                Number(Shared().Match(output)),
                Number(SpillStores().Match(output)) + Number(SpillLoads().Match(output)),
                Number(Stack().Match(output)),
                status == 0 ? null : output.Replace(file, "PTX", StringComparison.Ordinal).Trim());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (string Path, string? Missing) Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (string.Empty, "eng/ptxas runs on Linux only.");
        }

        string script = Path.Combine(Repository, "eng", "ptxas");
        if (IsRequired)
        {
            // Fetches it.
            Run("bash", script, "--version");
        }

        (int status, string output) = Run("bash", script, "--where");
        return status == 0 ? (output.Trim(), null) : (string.Empty, output.Trim());
    }

    private static (int Status, string Output) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static int Number(Match match) => match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "ModelGen.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    [GeneratedRegex(@"(\d+) bytes smem")]
    private static partial Regex Shared();

    [GeneratedRegex(@"(\d+) bytes spill stores")]
    private static partial Regex SpillStores();

    [GeneratedRegex(@"(\d+) bytes spill loads")]
    private static partial Regex SpillLoads();

    [GeneratedRegex(@"(\d+) bytes stack frame")]
    private static partial Regex Stack();
}
