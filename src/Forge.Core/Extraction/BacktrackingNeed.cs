namespace Forge.Core.Extraction;

/// <summary>What in an expression only backtracking can match, by its spelling: to compile it without is dear, and a skill is loaded more often than its patterns are used. Pure.</summary>
internal static class BacktrackingNeed
{
    private static readonly string[] Openings = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?("];

    /// <summary>The construct; null where there is none.</summary>
    public static string? Find(string expression)
    {
        var inClass = false;
        for (var i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
                if (!inClass && i < expression.Length && (expression[i] is (>= '1' and <= '9') or 'k' or 'G'))
                {
                    return expression.Substring(i - 1, 2);
                }

                continue;
            }

            inClass = inClass ? expression[i] != ']' : expression[i] == '[';
            if (!inClass && Array.Find(Openings, o => expression.AsSpan(i).StartsWith(o)) is { } opening)
            {
                return opening;
            }
        }

        return null;
    }
}
