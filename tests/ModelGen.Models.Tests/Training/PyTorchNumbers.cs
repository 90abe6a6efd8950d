using System;

namespace ModelGen.Models.Tests.Training;

/// <summary>The numbers that PyTorch draws on the processor behind <c>torch.manual_seed</c>.</summary>
/// <remarks>Its generator is the Mersenne Twister. Source: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudorandom number generator", 1998.</remarks>
internal sealed class PyTorchNumbers
{
    private const int Length = 624, Shift = 397;
    private readonly uint[] state = new uint[Length];
    private int at = Length;

    public PyTorchNumbers(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Length; i++)
        {
            state[i] = unchecked((1812433253 * (state[i - 1] ^ (state[i - 1] >> 30))) + i);
        }
    }

    /// <summary>What <c>torch.nn.init.uniform_(…, -bound, bound)</c> writes.</summary>
    public float[] Uniform(int count, float bound)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            // 24 bits are a number from 0 to 1; PyTorch's compiler made one operation of the product and the sum.
            float part = (Next() & 0xFFFFFF) * (1f / (1 << 24));
            values[i] = MathF.FusedMultiplyAdd(part, 2 * bound, -bound);
        }

        return values;
    }

    private uint Next()
    {
        if (at == Length)
        {
            Twist();
        }

        uint y = state[at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (state[i] & 0x80000000) | (state[(i + 1) % Length] & 0x7FFFFFFF);
            state[i] = state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        at = 0;
    }
}
