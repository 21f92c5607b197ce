using System.Numerics;
using System.Runtime.InteropServices;

namespace Forge.Llama.Worker;

/// <summary>Looks for the largest of many numbers.</summary>
internal static class LogitScan
{
    /// <summary>Index of the largest value, the first of equals; -1 where any value is NaN or the largest is infinite.</summary>
    public static int Best(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var best = float.NegativeInfinity;
        if (vectors.Length > 0)
        {
            var most = vectors[0];
            var numbers = Vector.Equals(most, most);
            foreach (var vector in vectors[1..])
            {
                numbers &= Vector.Equals(vector, vector);
                most = Vector.ConditionalSelect(Vector.GreaterThan(vector, most), vector, most);
            }

            if (!Vector.EqualsAll(numbers, Vector<int>.AllBitsSet))
            {
                return -1;
            }

            for (var i = 0; i < Vector<float>.Count; i++)
            {
                best = Math.Max(best, most[i]);
            }
        }

        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            if (float.IsNaN(value))
            {
                return -1;
            }

            best = Math.Max(best, value);
        }

        return float.IsPositiveInfinity(best) ? -1 : values.IndexOf(best);
    }

    /// <summary>Probability of one of the values by softmax, 0 to 1.</summary>
    public static double Probability(ReadOnlySpan<float> values, int index)
    {
        var most = values[Best(values)];
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Exp(value - most);
        }

        return Math.Exp(values[index] - most) / sum;
    }

    /// <summary>Indices of the largest values, largest first, the first of equals first.</summary>
    public static void Top(ReadOnlySpan<float> values, Span<int> indices)
    {
        var filled = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (filled == indices.Length && values[i] <= values[indices[^1]])
            {
                continue;
            }

            var at = filled < indices.Length ? filled++ : filled - 1;
            while (at > 0 && values[indices[at - 1]] < values[i])
            {
                indices[at] = indices[at - 1];
                at--;
            }

            indices[at] = i;
        }
    }
}
