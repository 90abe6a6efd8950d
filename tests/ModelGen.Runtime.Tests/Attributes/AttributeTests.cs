using System;
using System.Linq;
using System.Reflection;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Attributes;

/// <summary>That the attributes can be written as the design writes them, beside the types and words of the same names.</summary>
public sealed class AttributeTests
{
    [Fact]
    public void A_stack_keeps_the_order_of_its_layers()
    {
        LayerAttribute[] layers = [.. typeof(Stack).GetCustomAttributes<LayerAttribute>()];
        Type[] order = [typeof(DenseAttribute), typeof(ReluAttribute), typeof(DropoutAttribute), typeof(GeluAttribute), typeof(DenseAttribute)];
        Assert.Equal(order, layers.Select(layer => layer.GetType()));
        Assert.Equal(["batch", 784], typeof(Stack).GetCustomAttribute<InputAttribute>()!.Shape);
        Assert.IsType<SoftmaxCrossEntropyAttribute>(typeof(Stack).GetCustomAttribute<StackLossAttribute>());
    }

    [Fact]
    public void Settings_have_PyTorchs_defaults()
    {
        var dense = new DenseAttribute(10);
        Assert.Equal((true, Activation.None, Init.Default, 1.0), (dense.Bias, dense.Activation, dense.Init, dense.InitScale));
        Assert.Equal(1e-5, new LayerNormAttribute().Epsilon);
        Assert.Equal(-1, new SoftmaxAttribute().Axis);
        Assert.Equal(-1, new LogSoftmaxAttribute().Axis);
        Assert.Equal(Approximate.None, new GeluAttribute().Approximate);
        Assert.Equal(0.01, new LeakyReluAttribute().Slope);
        Assert.Equal(1, new EluAttribute().Alpha);
        Assert.Equal((1, 20), (new SoftplusAttribute().Beta, new SoftplusAttribute().Threshold));
        Assert.Null(new LossAttribute().Trains);
    }

    [Fact]
    public void Members_of_the_full_form_bear_theirs()
    {
        MethodInfo layer = Member<MethodInfo>("Fc");
        Assert.Equal("4*width", layer.GetCustomAttribute<DenseAttribute>()!.Width);
        Assert.Equal(["batch", "width"], Member<MethodInfo>("Predict").GetParameters()[0].GetCustomAttribute<ShapeAttribute>()!.Shape);
        Assert.Equal([2, "width"], Member<PropertyInfo>("Scale").GetCustomAttribute<ParameterAttribute>()!.Shape);
        Assert.Equal(4, Member<PropertyInfo>("Blocks").GetCustomAttribute<RepeatAttribute>()!.Count);
    }

    private static T Member<T>(string name)
        where T : MemberInfo
    {
        return (T)typeof(Full).GetMember(name, BindingFlags.Static | BindingFlags.NonPublic).Single();
    }

    [Model, Input("batch", 784)]
    [Dense(128), Relu, Dropout(0.1), Gelu(Approximate = Approximate.Tanh), Dense(10, Bias = false, Init = Init.KaimingNormal, InitScale = 0.5)]
    [SoftmaxCrossEntropy]
    private static class Stack;

    [Module]
    private static class Full
    {
        [Parameter(2, "width", Init = Init.Ones)]
        private static Tensor Scale => 1;

        [Repeat(4)]
        private static object[] Blocks => [];

        [Dense("4*width", Activation = Activation.Relu)]
        private static Tensor Fc(Tensor x) => x;

        [Forward]
        private static Tensor Predict([Shape("batch", "width")] Tensor x) => Relu(Fc(x) * Scale) + Blocks.Length;

        [Loss(Trains = "Fc")]
        private static Tensor Loss(Tensor predict, [Shape("batch", "width")] Tensor target) => Mse(predict, target);

        [Metric]
        private static Tensor Error(Tensor predict, [Shape("batch", "width")] Tensor target) => Loss(predict, target);
    }
}
