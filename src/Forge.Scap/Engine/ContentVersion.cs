using System.Globalization;

namespace Forge.Scap.Engine;

/// <summary>Compares versions of benchmarks: numbers as numbers, the rest as text.</summary>
internal static class ContentVersion
{
    /// <summary>Less than 0 where the left one is older.</summary>
    public static int Compare(string left, string right)
    {
        var a = left.Split('.', '-', '_');
        var b = right.Split('.', '-', '_');
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var x = i < a.Length ? a[i] : "";
            var y = i < b.Length ? b[i] : "";
            var isX = ulong.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var m);
            var isY = ulong.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var n);
            var order = isX && isY ? m.CompareTo(n) : isX != isY ? isX.CompareTo(isY) : string.CompareOrdinal(x, y);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
