using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = x/2 · (1 + erf(x/√2))</c> (Hendrycks and Gimpel 2016)</summary>
internal readonly struct Gelu : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T two = T.CreateChecked(2);
        return x / two * (T.One + Erf.Of(x / T.Sqrt(two)));
    }
}

/// <summary><c>y = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))</c> (Hendrycks and Gimpel 2016)</summary>
internal readonly struct GeluTanh : IElementwise
{
    public static T Of<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T two = T.CreateChecked(2);
        T inner = T.Sqrt(two / T.Pi) * (x + (T.CreateTruncating(0.044715) * x * x * x));
        return x / two * (T.One + T.Tanh(inner));
    }
}
