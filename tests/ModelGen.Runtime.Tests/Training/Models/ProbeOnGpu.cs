using ModelGen.Gpu;

namespace ModelGen.Tests.Training.Models;

/// <summary>The code of <see cref="Probe"/> for devices.</summary>
internal static class ProbeOnGpu
{
    public static void Run(GpuFrame frame, int lengthA, int width, int offsetB, int trained)
    {
        GpuBuffer<float> products = frame.Reserve(width);
        frame.Elements(
            new MeanKernel(frame.Input(0), frame.Parameters, products, frame.Gradients, frame.Dimension(0), width, lengthA, offsetB, trained), width);
        frame.Elements(new SumKernel(products, frame.Output(0), width), 1);
        frame.Check("loss", frame.Output(0), 1);
    }

    private readonly struct MeanKernel(
        GpuBuffer<float> x,
        GpuBuffer<float> parameters,
        GpuBuffer<float> products,
        GpuBuffer<float> gradients,
        int batch,
        int width,
        int lengthA,
        int offsetB,
        int trained) : IGpuElementKernel
    {
        public void Run(int index)
        {
            int place = index < lengthA ? index : offsetB + index - lengthA;
            float mean = 0f;
            for (int row = 0; row < batch; row++)
            {
                mean += x[(row * width) + index];
            }

            mean /= batch;
            products[index] = mean * parameters[place];
            if (index < trained)
            {
                gradients[place] = mean;
            }
        }
    }

    private readonly struct SumKernel(GpuBuffer<float> values, GpuBuffer<float> sum, int count) : IGpuElementKernel
    {
        public void Run(int index)
        {
            float total = 0f;
            for (int i = 0; i < count; i++)
            {
                total += values[i];
            }

            sum[0] = total;
        }
    }
}
