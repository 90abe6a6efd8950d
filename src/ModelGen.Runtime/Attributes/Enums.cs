namespace ModelGen;

/// <summary>The function at the end of a layer.</summary>
public enum Activation
{
    /// <summary><c>y = x</c>.</summary>
    None,

    /// <summary><c>y = max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>y = tanh(x)</c>.</summary>
    Tanh,

    /// <summary><c>y = 1 / (1 + e⁻ˣ)</c>.</summary>
    Sigmoid,

    /// <summary><c>y = x · Φ(x)</c>.</summary>
    Gelu,

    /// <summary><c>y = x · sigmoid(x)</c>.</summary>
    Silu,

    /// <summary><c>y = x</c> where x is above 0, else <c>0.01 · x</c>.</summary>
    LeakyRelu,

    /// <summary><c>y = x</c> where x is above 0, else <c>eˣ − 1</c>.</summary>
    Elu,

    /// <summary><c>y = 1.0507 · x</c> where x is above 0, else <c>1.0507 · 1.6733 · (eˣ − 1)</c>.</summary>
    Selu,

    /// <summary><c>y = x · tanh(ln(1 + eˣ))</c>.</summary>
    Mish,

    /// <summary><c>y = ln(1 + eˣ)</c>.</summary>
    Softplus,

    /// <summary><c>y = max(0, min(1, x/6 + 1/2))</c>.</summary>
    HardSigmoid,

    /// <summary><c>y = x · max(0, min(1, x/6 + 1/2))</c>.</summary>
    HardSwish,
}

/// <summary>The formula of <c>Gelu</c>.</summary>
public enum Approximate
{
    /// <summary><c>x/2 · (1 + erf(x/√2))</c>.</summary>
    None,

    /// <summary><c>x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))</c>.</summary>
    Tanh,
}

/// <summary>The distribution of a parameter's first values, before <c>InitScale</c> multiplies them.</summary>
/// <remarks>
/// <c>fanIn</c> and <c>fanOut</c> are the second and the first dimension (times the product of the rest), as in <c>torch.nn.init</c>;
/// a parameter of one dimension has both equal to it.
/// </remarks>
public enum Init
{
    /// <summary>The layer's own, as in PyTorch; for a <c>[Parameter]</c> it is <see cref="XavierUniform"/>, as in Keras.</summary>
    Default,

    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>Uniform in ±1.</summary>
    Uniform,

    /// <summary>Normal with standard deviation 1.</summary>
    Normal,

    /// <summary>Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    XavierUniform,

    /// <summary>Normal with standard deviation √(2 / (fanIn + fanOut)) (Glorot and Bengio 2010).</summary>
    XavierNormal,

    /// <summary>Uniform in ±√(6 / fanIn) (He et al. 2015).</summary>
    KaimingUniform,

    /// <summary>Normal with standard deviation √(2 / fanIn) (He et al. 2015).</summary>
    KaimingNormal,
}
