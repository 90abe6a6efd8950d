using System.Linq;

namespace ModelGen.Emit;

/// <summary>The names of generated files: <c>Space.TextGenerator.Forward.g.cs</c>.</summary>
internal static class FileNames
{
    /// <param name="key">The class's full name.</param>
    /// <param name="part">What follows it: <c>g.cs</c>, <c>Forward.g.cs</c>.</param>
    public static string Of(string key, string part) =>
        string.Concat(key.Where(letter => letter != '@').Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-')) + "." + part;
}
