namespace ModelGen.Gpu;

/// <summary>Sixteen floats in a row: what a processor works on at once.</summary>
internal readonly struct Strip16(Strip4 first, Strip4 second, Strip4 third, Strip4 fourth)
{
    private readonly Strip4 first = first;
    private readonly Strip4 second = second;
    private readonly Strip4 third = third;
    private readonly Strip4 fourth = fourth;

    /// <summary><c>this + factor · strip</c></summary>
    public Strip16 Plus(float factor, Strip16 strip) => new(
        first.Plus(factor, strip.first), second.Plus(factor, strip.second), third.Plus(factor, strip.third), fourth.Plus(factor, strip.fourth));
}
