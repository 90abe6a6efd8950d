using ModelGen.Gpu;

namespace ModelGen.Tests.Training.Models;

/// <summary>The code of <see cref="SoftmaxRegression"/> for devices.</summary>
internal static class SoftmaxRegressionOnGpu
{
    private const int Features = SoftmaxRegression.Features;
    private const int Classes = SoftmaxRegression.Classes;
    private const int BiasOffset = (int)SoftmaxRegression.BiasOffset;

    public static void Predict(GpuFrame frame) => Logits(frame, frame.Output(0));

    public static void Evaluate(GpuFrame frame) => Loss(frame, frame.Output(1), train: 0);

    public static void Train(GpuFrame frame) => Loss(frame, frame.Reserve((long)frame.Dimension(0) * Classes), train: 1);

    public static void MeanTarget(GpuFrame frame) =>
        frame.Elements(new MeanKernel(frame.IntInput(0), frame.Output(0), frame.Dimension(0)), 1);

    private static void Logits(GpuFrame frame, GpuBuffer<float> logits)
    {
        long count = (long)frame.Dimension(0) * Classes;
        frame.Elements(new LogitsKernel(frame.Input(0), frame.Parameters, logits), count);
        frame.Check("logits", logits, count);
    }

    private static void Loss(GpuFrame frame, GpuBuffer<float> logits, int train)
    {
        frame.CheckIndices(1, Classes);
        GpuBuffer<int> target = frame.IntInput(1);
        Logits(frame, logits);
        frame.Elements(
            new LossKernel(frame.Input(0), target, logits, frame.Output(0), frame.Gradients, frame.Dimension(0), train), 1);
        frame.Check("loss", frame.Output(0), 1);
    }

    private readonly struct LogitsKernel(GpuBuffer<float> x, GpuBuffer<float> parameters, GpuBuffer<float> logits) : IGpuElementKernel
    {
        public void Run(int index)
        {
            int c = index % Classes;
            int row = index / Classes * Features;
            logits[index] = parameters[BiasOffset + c] + (parameters[c * Features] * x[row]) + (parameters[(c * Features) + 1] * x[row + 1]);
        }
    }

    /// <summary>One thread does it all.</summary>
    private readonly struct LossKernel(
        GpuBuffer<float> x,
        GpuBuffer<int> target,
        GpuBuffer<float> logits,
        GpuBuffer<float> loss,
        GpuBuffer<float> gradients,
        int batch,
        int train) : IGpuElementKernel
    {
        public void Run(int index)
        {
            for (int i = 0; train != 0 && i < BiasOffset + Classes; i++)
            {
                gradients[i] = 0f;
            }

            float sum = 0f;
            for (int row = 0; row < batch; row++)
            {
                float total = 0f;
                for (int c = 0; c < Classes; c++)
                {
                    total += GpuMath.Exp(logits[(row * Classes) + c]);
                }

                sum += GpuMath.Log(total) - logits[(row * Classes) + target[row]];
                for (int c = 0; train != 0 && c < Classes; c++)
                {
                    float d = ((GpuMath.Exp(logits[(row * Classes) + c]) / total) - (c == target[row] ? 1f : 0f)) / batch;
                    gradients[BiasOffset + c] += d;
                    gradients[c * Features] += d * x[row * Features];
                    gradients[(c * Features) + 1] += d * x[(row * Features) + 1];
                }
            }

            loss[0] = sum / batch;
        }
    }

    private readonly struct MeanKernel(GpuBuffer<int> target, GpuBuffer<float> mean, int batch) : IGpuElementKernel
    {
        public void Run(int index)
        {
            float sum = 0f;
            for (int i = 0; i < batch; i++)
            {
                sum += target[i];
            }

            mean[0] = sum / batch;
        }
    }
}
