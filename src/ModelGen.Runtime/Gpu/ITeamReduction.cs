namespace ModelGen.Gpu;

/// <summary>How two numbers of a team become one.</summary>
internal interface ITeamReduction
{
    static abstract float Combine(float a, float b);
}

/// <summary><c>a + b</c></summary>
internal readonly struct TeamSum : ITeamReduction
{
    public static float Combine(float a, float b) => a + b;
}

/// <summary><c>a · b</c></summary>
internal readonly struct TeamProduct : ITeamReduction
{
    public static float Combine(float a, float b) => a * b;
}

/// <summary>The greater, NaN where any is NaN.</summary>
internal readonly struct TeamMax : ITeamReduction
{
    public static float Combine(float a, float b) => GpuMath.Max(a, b);
}
