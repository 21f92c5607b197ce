namespace Forge.Llama.Worker;

/// <summary>Draws a token by temperature, top-k and top-p; the same seed gives the same draws.</summary>
/// <param name="temperature">Above 0.</param>
/// <param name="topK">Only the k likeliest; 0 for all.</param>
/// <param name="topP">Only the likeliest that together have this probability; 1 for all.</param>
/// <param name="seed">Null for another one each time.</param>
internal sealed class TokenDraw(float temperature, int topK, float topP, long? seed)
{
    // System.Random with a seed keeps its algorithm (and so its sequence) by contract of .NET; a long seed is folded into its 32 bits.
    private readonly Random _random = seed is { } s ? new Random((int)(s ^ (s >> 32))) : new Random();
    private double[] _weights = [];
    private int[] _order = [];

    public int Draw(ReadOnlySpan<float> logits)
    {
        if (_weights.Length != logits.Length)
        {
            _weights = new double[logits.Length];
        }

        var most = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            most = Math.Max(most, logit);
        }

        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            sum += _weights[i] = Math.Exp((logits[i] - most) / temperature);
        }

        return topK > 0 || topP < 1 ? DrawOrdered(sum) : DrawAll(sum);
    }

    private int DrawAll(double sum)
    {
        var left = _random.NextDouble() * sum;
        var last = 0;
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] > 0)
            {
                last = i;
                left -= _weights[i];
                if (left < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private int DrawOrdered(double sum)
    {
        if (_order.Length != _weights.Length)
        {
            _order = new int[_weights.Length];
        }

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        Array.Sort(_order, (a, b) => _weights[a] == _weights[b] ? a.CompareTo(b) : _weights[b].CompareTo(_weights[a]));
        var (count, kept) = (0, 0.0);
        while (count < _order.Length && (topK <= 0 || count < topK) && (count == 0 || kept < topP * sum))
        {
            kept += _weights[_order[count++]];
        }

        var left = _random.NextDouble() * kept;
        var at = 0;
        while (at < count - 1 && (left -= _weights[_order[at]]) >= 0)
        {
            at++;
        }

        return _order[at];
    }
}
