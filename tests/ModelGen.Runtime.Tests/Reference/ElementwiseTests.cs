using System;
using System.Collections.Generic;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Reference;

public sealed class ElementwiseTests
{
    private static readonly double[] Points = [-3, -0.5, 0, 0.7, 2.5];

    /// <summary>Expected values at <see cref="Points"/> were computed to 40 digits with mpmath.</summary>
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Word, double[] Expected)> Rows = new()
    {
        ["Neg"] = (Neg, [3, 0.5, -0.0, -0.7, -2.5]),
        ["Exp"] = (Exp, [0.049787068367863943, 0.60653065971263342, 1, 2.0137527074704766, 12.182493960703473]),
        ["Tanh"] = (Tanh, [-0.99505475368673045, -0.46211715726000976, 0, 0.60436777711716347, 0.98661429815143029]),
        ["Sigmoid"] = (Sigmoid, [0.047425873177566781, 0.37754066879814544, 0.5, 0.6681877721681661, 0.92414181997875645]),
        ["Relu"] = (Relu, [0, 0, 0, 0.7, 2.5]),
        ["Silu"] = (Silu, [-0.14227761953270034, -0.18877033439907272, 0, 0.46773144051771627, 2.3103545499468911]),
        ["Gelu"] = (x => Gelu(x), [-0.0040496940948902836, -0.15426876936299345, 0, 0.53062544344384885, 2.4844758366855597]),
        ["GeluTanh"] = (x => Gelu(x, Approximate.Tanh), [-0.0036373920817730188, -0.15428599017485608, 0, 0.53057013470511673, 2.4849157339100014]),
        ["Abs"] = (Abs, [3, 0.5, 0, 0.7, 2.5]),
        ["Sign"] = (Sign, [-1, -1, 0, 1, 1]),
        ["Floor"] = (Floor, [-3, -1, 0, 0, 2]),
        ["Ceil"] = (Ceil, [-3, -0.0, 0, 1, 3]),
        ["Round"] = (Round, [-3, -0.0, 0, 1, 2]),
        ["Square"] = (Square, [9, 0.25, 0, 0.49, 6.25]),
        ["Erf"] = (Erf, [-0.99997790950300141, -0.52049987781304654, 0, 0.67780119383741847, 0.99959304798255504]),
        ["LeakyRelu"] = (x => LeakyRelu(x, 0.25f), [-0.75, -0.125, 0, 0.7, 2.5]),
        ["HardSigmoid"] = (HardSigmoid, [0, 5 / 12.0, 0.5, 37 / 60.0, 11 / 12.0]),
        ["HardSwish"] = (HardSwish, [-0.0, -5 / 24.0, 0, 0.7 * 37 / 60.0, 2.5 * 11 / 12.0]),
        ["Clamp"] = (x => Clamp(x, -1, 1), [-1, -0.5, 0, 0.7, 1]),
        ["Expm1"] = (Expm1, [-0.95021293163213606, -0.39346934028736658, 0, 1.0137527074704765, 11.182493960703473]),
        ["Sin"] = (Sin, [-0.14112000805986722, -0.479425538604203, 0, 0.64421768723769105, 0.59847214410395649]),
        ["Cos"] = (Cos, [-0.98999249660044546, 0.87758256189037272, 1.0, 0.76484218728448843, -0.80114361554693371]),
        ["Mish"] = (Mish, [-0.14564746127562459, -0.22074377465173, 0, 0.5611483776438519, 2.4713923045578811]),
        ["Elu"] = (x => Elu(x, 0.25), [-0.23755323290803401, -0.098367335071841644, 0, 0.7, 2.5]),
        ["Selu"] = (Selu, [-1.670568728767112, -0.6917581878028714, 0, 0.73549069114883635, 2.6267524683887012]),
        ["Softplus"] = (x => Softplus(x), [0.048587351573742059, 0.47407698418010668, 0.69314718055994531, 1.1031860488854579, 2.5788897342925496]),
        ["SoftplusSet"] = (x => Softplus(x, beta: 2, threshold: 4), [0.0012378425688652248, 0.15663084375911142, 0.34657359027997265, 0.81020870495922546, 2.5]),
        ["PowNumber"] = (x => Pow(x, 3), [-27, -0.125, 0, 0.343, 15.625]),
        ["PowOfTwo"] = (x => Pow(2, x), [0.125, 0.70710678118654752, 1, 1.624504792712471, 5.6568542494923802]),
        ["StopGradient"] = (StopGradient, Points),
    };

    public static TheoryData<string, bool> Words()
    {
        var rows = new TheoryData<string, bool>();
        foreach (string word in Rows.Keys)
        {
            rows.Add(word, true);
            rows.Add(word, false);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_of_one_tensor_has_the_value_of_its_formula(string word, bool isDouble)
    {
        (Tensor x, double tolerance) = Expect.InType(isDouble, Points);
        Tensor y = Rows[word].Word(x);
        Assert.Equal(isDouble, y.IsDouble);
        Expect.Equal([5], Rows[word].Expected, y, tolerance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Log_and_Sqrt_are_defined_for_positive_numbers(bool isDouble)
    {
        (Tensor x, double tolerance) = Expect.InType(isDouble, 0, 1, 4, -1);
        Expect.Equal([4], [double.NegativeInfinity, 0, 1.3862943611198906, double.NaN], Log(x), tolerance);
        Expect.Equal([4], [0, 1, 2, double.NaN], Sqrt(x), tolerance);
    }

    [Fact]
    public void Expm1_and_Log1p_keep_the_digits_of_small_numbers()
    {
        Tensor x = Tensor.From([1e-10, -1e-10, -0.0, 1e-300]);
        Expect.Equal([4], [1.00000000005e-10, -9.9999999995e-11, -0.0, 1e-300], Expm1(x), 1e-25);
        Expect.Equal([4], [9.9999999995e-11, -1.00000000005e-10, -0.0, 1e-300], Log1p(x), 1e-25);
        Expect.Equal([4], [double.NegativeInfinity, double.NaN, double.PositiveInfinity, 0.69314718055994529], Log1p(Tensor.From([-1, -2, double.PositiveInfinity, 1])), 1e-15);
        Expect.Equal([3], [-1, double.PositiveInfinity, 147.41315910257660], Expm1(Tensor.From([double.NegativeInfinity, double.PositiveInfinity, 5])), 1e-12);
    }

    /// <summary>Roots where the exponent is a number, IEEE 754's power where it is a tensor: they differ at −∞.</summary>
    [Fact]
    public void Halves_as_exponents_are_roots()
    {
        Tensor x = Tensor.From([4, 0.25, -1, double.NegativeInfinity]);
        Expect.Equal([4], [2, 0.5, double.NaN, double.NaN], Pow(x, 0.5));
        Expect.Equal([4], [0.5, 2, double.NaN, double.NaN], Pow(x, -0.5));
        Expect.Equal([4], [2, 0.5, double.NaN, double.PositiveInfinity], Pow(x, Tensor.From([0.5])));
        Expect.Equal([2, 2], [2, 4, 3, 9], Pow(Tensor.From(new double[,] { { 2 }, { 3 } }), Tensor.From([1.0, 2.0])));
    }

    [Fact]
    public void Arithmetic_words_and_operators_agree()
    {
        Tensor a = Tensor.From([6.0, -1.0]), b = Tensor.From([4.0, 2.0]);
        Expect.Equal([2], [10, 1], Add(a, b));
        Expect.Equal([2], [2, -3], Sub(a, b));
        Expect.Equal([2], [24, -2], Mul(a, b));
        Expect.Equal([2], [1.5, -0.5], Div(a, b));
        Expect.Equal([2], [10, 1], a + b);
        Expect.Equal([2], [2, -3], a - b);
        Expect.Equal([2], [24, -2], a * b);
        Expect.Equal([2], [1.5, -0.5], a / b);
        Expect.Equal([2], [-6, 1], -a);
    }

    [Fact]
    public void Comparisons_give_one_or_zero_and_a_NaN_differs_from_everything()
    {
        Tensor a = Tensor.From([1f, 2f, 3f, float.NaN]);
        Expect.Equal([4], [0, 0, 1, 0], Greater(a, 2));
        Expect.Equal([4], [0, 1, 1, 0], GreaterEqual(a, 2));
        Expect.Equal([4], [1, 0, 0, 0], Less(a, 2));
        Expect.Equal([4], [1, 1, 0, 0], LessEqual(a, 2));
        Expect.Equal([4], [0, 1, 0, 0], Equal(a, 2));
        Expect.Equal([4], [1, 0, 1, 1], NotEqual(a, 2));
    }

    [Fact]
    public void Where_takes_the_first_where_the_condition_is_not_zero()
    {
        Tensor x = Tensor.From([-2f, 3f]);
        Expect.Equal([2], [2, 3], Where(Less(x, 0), -x, x));
        Expect.Equal([2, 2], [1, 9, 1, 9], Where(Tensor.From([1f, 0f]), Tensor.From(new float[,] { { 1 }, { 1 } }), 9));
    }
}
