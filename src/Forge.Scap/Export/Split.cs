using System.Security.Cryptography;
using System.Text;

namespace Forge.Scap.Export;

/// <summary>Which rules are trained on and which are held out, by their ids alone, so that everybody splits alike and a new content moves no rule from one set to another. Pure.</summary>
public static class Split
{
    /// <summary>Trained on.</summary>
    public const string Train = "train";

    /// <summary>Tuned on.</summary>
    public const string Dev = "dev";

    /// <summary>Reported on.</summary>
    public const string Test = "test";

    /// <summary>Reported on once.</summary>
    public const string Final = "final";

    private const string Salt = "forge-hardener-1:";

    /// <summary>The set of a rule.</summary>
    /// <param name="id">Short id.</param>
    /// <param name="isInProfile">Whether the profile of the reference image has it; of those, half are held out, as if their vendor had no fix.</param>
    public static string Of(string id, bool isInProfile)
    {
        ArgumentNullException.ThrowIfNull(id);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(Salt + id));
        var isTest = digest[0] % (isInProfile ? 2 : 16) == 0;
        return isTest ? digest[1] % 3 == 0 ? Final : Test : digest[0] % 16 == 1 ? Dev : Train;
    }
}
