using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Forge.Build.Labs;

/// <summary>A scan that has nothing of Forge in it: plain ssh, the distribution's oscap, its own result file, read here by exact id.</summary>
internal sealed class IndependentScan
{
    /// <summary>Where the content lies on the machine after a scan.</summary>
    public const string RemoteContent = "/var/tmp/independent-ds.xml";

    // What oscap says of a rule whose check is a script that it may not run from /tmp: the distribution has the command that it then looks for in another package.
    private const string ScriptNotRun = "Unexpected error when executing script";
    private const string ScriptRunner = "/opt/independent-sce";
    private const string FetchScriptRunner = $"mkdir -p {ScriptRunner}; cd {ScriptRunner}; apt-get -qq download openscap-utils; dpkg-deb -x openscap-utils_*.deb .";
    // Such a scan takes two to five minutes where there is no KVM. oscap 1.3.7 can wait for itself for ever.
    private const int LimitSeconds = 1200;
    private const string RemoteResults = "/var/tmp/independent.xml";
    private static readonly XNamespace Xccdf = "http://checklists.nist.gov/xccdf/1.2";

    private IndependentScan(Dictionary<string, string> verdicts) => Verdicts = verdicts;

    /// <summary>Verdict by rule, the rule without its prefix.</summary>
    public IReadOnlyDictionary<string, string> Verdicts { get; }

    /// <summary>The counts of docs figures: pass, fail, notApplicable, notChecked, error.</summary>
    public JsonObject Counts => new()
    {
        ["pass"] = Verdicts.Values.Count(v => v is "pass" or "fixed"), ["fail"] = Count("fail"),
        ["notApplicable"] = Count("notapplicable"), ["notChecked"] = Count("notchecked"), ["error"] = Verdicts.Values.Count(v => v is "error" or "unknown"),
    };

    /// <summary>Scans a machine; the result file is kept as <paramref name="file"/>.</summary>
    /// <exception cref="BuildException">oscap left no result file.</exception>
    public static IndependentScan Of(LabAddress lab, Baseline baseline, string file)
    {
        lab.Upload(baseline.Content, RemoteContent);
        var command = $"sudo -S -p '' sh -c 'rm -f {RemoteResults}; PATH=$PATH:{ScriptRunner}/usr/bin timeout -k 10 {LimitSeconds} oscap xccdf eval --profile {baseline.Profile} --results {RemoteResults} {RemoteContent} >/dev/null 2>&1; chmod 644 {RemoteResults}'; cat {RemoteResults}";
        var output = Scan(lab, command);
        if (output.Contains(ScriptNotRun, StringComparison.Ordinal))
        {
            lab.Ssh($"sudo -S -p '' sh -c '{FetchScriptRunner}'");
            output = Scan(lab, command);
        }

        File.WriteAllText(file, output);
        Tool.Must(output.Contains("</Benchmark>", StringComparison.Ordinal) ? 0 : 1, "oscap left no result file in three calls");
        return Parse(output);
    }

    /// <summary>oscap 1.3.7 sometimes ends with exit code 0 and no result file ("failed to unlock a mutex"), or waits for itself until its time is up: its file counts, not its exit code.</summary>
    private static string Scan(LabAddress lab, string command)
    {
        var output = "";
        for (var call = 0; call < 3 && !output.Contains("</Benchmark>", StringComparison.Ordinal); call++)
        {
            output = lab.Ssh(command).Output;
        }

        return output;
    }

    /// <param name="results">An XCCDF 1.2 result file.</param>
    public static IndependentScan Parse(string results) => new(XDocument.Parse(results).Descendants(Xccdf + "rule-result")
        .ToDictionary(r => r.Attribute("idref")!.Value.Replace("xccdf_org.ssgproject.content_rule_", "", StringComparison.Ordinal), r => r.Element(Xccdf + "result")!.Value));

    public int Count(string verdict) => Verdicts.Values.Count(v => v == verdict);
}
