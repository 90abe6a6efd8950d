using System;

namespace ModelGen.Specs;

/// <summary>
/// Within methods a state is a variable that a method takes from its caller and hands back: <c>this.Hidden</c>, which no local can be called. To read the
/// property is to read the variable, to assign it is to assign that.
/// </summary>
internal static class StateVariable
{
    private const string Prefix = "this.";

    public static string Of(string property) => Prefix + property;

    public static bool Is(string variable) => variable.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The property of a state's variable; any other name as it is.</summary>
    public static string Property(string name) => Is(name) ? name.Substring(Prefix.Length) : name;
}
