#:property TreatWarningsAsErrors=false
#:property GenerateDocumentationFile=false
#:property EnforceCodeStyleInBuild=false
#:property PublishAot=false
// The one build script: dotnet run build.cs -- <target> [options]. Targets are listed by `dotnet run build.cs -- help`.
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

var root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
Directory.SetCurrentDirectory(root);
var steps = new List<(string Name, TimeSpan Elapsed)>();
var target = args.FirstOrDefault() ?? "help";
var options = args.Skip(1).ToArray();
try
{
    var code = target switch
    {
        "setup" => Timed("setup", () => Setup(everything: true)),
        "build" => Build(),
        "test" => Test(),
        "demo" => Demo(),
        "bench" => Bench(),
        "clean" => Clean(),
        _ => Help(),
    };
    if (steps.Count > 0)
    {
        Console.WriteLine("\nSteps: " + string.Join(" · ", steps.Select(s => $"{s.Name} {s.Elapsed.TotalSeconds:0.0} s")));
    }

    if (target == "test" && File.Exists("out/tests/closing-line.txt"))
    {
        Console.WriteLine(File.ReadAllText("out/tests/closing-line.txt").Trim());
    }

    return code;
}
catch (BuildException e)
{
    Console.Error.WriteLine($"\nbuild: {e.Message}");
    return 1;
}

int Help()
{
    Console.WriteLine("""
        dotnet run build.cs -- <target>
          setup                 install what the lab and the tests need (Debian packages; needs root)
          build                 build everything: out/bin/forge (console host) and out/module/Forge (PowerShell module)
          demo [--lab nspawn|qemu] [--keep]
                                set up, build and run the main job on a lab machine; figures in out/demo/result.json
          test [--fast] [--filter CLASS]
                                set up, build and run all tests; --fast leaves out the acceptance tests on labs
          bench peer-oscap [--lab nspawn|qemu]
                                what people do today (oscap --remediate, reboot, again) beside Forge, on copies of one image
          clean                 delete out/
        """);
    return target == "help" ? 0 : 2;
}

int Clean()
{
    if (Directory.Exists("out"))
    {
        Directory.Delete("out", recursive: true);
    }

    return 0;
}

// Debian packages, each for what it is needed; nothing is asked of the network where all are there.
int Setup(bool everything)
{
    string[] wanted =
    [
        "openssh-client", "openssh-server", "mmdebstrap", "systemd-container", "slirp4netns", "btrfs-progs", "e2fsprogs", "uidmap", "libsqlite3-0",
        "qemu-system-x86", "qemu-utils", "seabios", "grub-pc-bin", "grub-common", "openscap-scanner", "shellcheck", "iproute2", "util-linux",
    ];
    var missing = wanted.Where(p => Capture("dpkg-query", "-W", "-f=${db:Status-Status}", p) is not { Code: 0, Output: "installed" }).ToArray();
    if (missing.Length == 0)
    {
        Say("setup: all Debian packages are here");
    }
    else
    {
        if (Environment.UserName != "root")
        {
            throw new BuildException($"these Debian packages are missing and installing them needs root: {string.Join(' ', missing)}\n  next: sudo apt-get install --no-install-recommends {string.Join(' ', missing)}");
        }

        Say($"setup: installing {string.Join(' ', missing)}");
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        Must(Run("apt-get", ["-q", "update"], quiet: true), "apt-get update failed: is a package mirror reachable?");
        Must(Run("apt-get", ["-q", "-y", "--no-install-recommends", "install", .. missing], environment, quiet: true), "apt-get install failed, see above");
    }

    if (everything && !File.Exists("out/content/usr/share/xml/scap/ssg/content/ssg-debian12-ds.xml"))
    {
        Say("setup: fetching SCAP content (ssg-debian, ssg-nondebian) through this machine's own apt sources");
        Must(Run("sh", ["lab/content/fetch-content.sh", "out/content"], quiet: true), "the SCAP content could not be fetched, see above");
    }

    return 0;
}

int Build() => Timed("build", () =>
{
    Say("build: Forge.sln (Release)");
    return Must(Run("dotnet", ["build", "Forge.sln", "-c", "Release", "-v", "quiet", "-nologo", "-clp:ErrorsOnly"]), "the build failed, see above");
});

int Demo()
{
    Timed("setup", () => Setup(everything: true));
    Build();
    var lab = Option("--lab");
    var (home, name) = (Path.GetFullPath("out/home"), $"demo-{Environment.ProcessId}");
    Directory.CreateDirectory("out/demo");
    var environment = Environment1(home);
    var code = 1;
    try
    {
        Timed("lab", () =>
        {
            string[] backend = lab is null ? [] : ["-Backend", lab];
            Say($"demo: a throw-away machine, {name}");
            Must(Forge(environment, ["New-ForgeLab", name, "-Distribution", "debian12", .. backend, "-Confirm:$false"]), "the lab could not be made");
            return Must(Forge(environment, ["Start-ForgeLab", name]), "the lab does not start");
        });
        Timed("main job", () =>
        {
            Say("demo: Invoke-ForgeTask -Skill stig -Profile cis_level2_server");
            var run = Capture1(environment, ["Invoke-ForgeTask", name, "-Skill", "stig", "-Profile", "cis_level2_server", "-Content", Content(), "-Confirm:$false", "-AsRun"], live: true);
            code = run.Code;
            File.WriteAllText("out/demo/run.json", run.Output);
            return 0;
        });
        Timed("report", () => Report(environment));
        Timed("independent scan", () => Must(Independent(environment, name), "the independent scan disagrees, see above"));
    }
    finally
    {
        if (!options.Contains("--keep"))
        {
            Forge(environment, ["Remove-ForgeLab", name, "-Confirm:$false"]);
        }
    }

    return code is 0 or 3 or 4 ? 0 : code;
}

// The figures and the report of the last run.
int Report(Dictionary<string, string> environment)
{
    var id = JsonNode.Parse(File.ReadAllLines("out/demo/run.json").Last(l => l.StartsWith('{')))!["Id"]!.GetValue<string>();
    Must(Forge(environment, ["Export-ForgeReport", id, "-Format", "Html,Json,Markdown", "-Path", Path.GetFullPath("out/demo")]), "the report could not be written");
    return 0;
}

// A scan that has nothing of Forge in it: plain ssh, the distribution's oscap, its own result file, read here by exact id.
int Independent(Dictionary<string, string> environment, string name)
{
    Say("demo: an independent oscap scan over plain ssh");
    var result = JsonNode.Parse(File.ReadAllText("out/demo/result.json"))!;
    var verdicts = IndependentScan(environment, name, "out/demo/independent.xml");
    var claimed = result["items"]!.AsArray().Where(i => i!["outcome"]!.GetValue<string>() is "remediated").Select(i => i!["id"]!.GetValue<string>()).ToList();
    var wrong = claimed.Where(id => verdicts.GetValueOrDefault(id) != "pass").ToList();
    var after = result["after"]!;
    Console.WriteLine($"Independent scan: {verdicts.Values.Count(v => v == "fail")} fail (Forge says {after["fail"]}), {verdicts.Values.Count(v => v == "pass")} pass; "
        + $"{claimed.Count} claimed as remediated, {wrong.Count} of them not confirmed{(wrong.Count > 0 ? ": " + string.Join(", ", wrong) : "")}.");
    Console.WriteLine($"Report: {Path.GetFullPath("out/demo/report.html")}\nFigures: {Path.GetFullPath("out/demo/result.json")}");
    return wrong.Count == 0 ? 0 : 1;
}

Dictionary<string, string> IndependentScan(Dictionary<string, string> environment, string name, string file)
{
    var lab = LabOf(environment, name);
    Must(Run("scp", [.. SshOptions(lab), "-q", "-P", lab.Port, Content(), $"{lab.User}@127.0.0.1:/var/tmp/independent-ds.xml"]), "the content could not be copied");
    var command = "sudo -S -p '' sh -c 'rm -f /var/tmp/independent.xml; oscap xccdf eval --profile cis_level2_server --results /var/tmp/independent.xml /var/tmp/independent-ds.xml >/dev/null 2>&1; chmod 644 /var/tmp/independent.xml'; cat /var/tmp/independent.xml";
    // oscap 1.3.7 sometimes ends with exit code 0 and no result file ("failed to unlock a mutex"): its file counts, not its exit code.
    var output = "";
    for (var call = 0; call < 3 && !output.Contains("</Benchmark>", StringComparison.Ordinal); call++)
    {
        output = Feed("ssh", [.. SshOptions(lab), "-p", lab.Port, $"{lab.User}@127.0.0.1", command], lab.Password + "\n").Output;
    }

    File.WriteAllText(file, output);
    Must(output.Contains("</Benchmark>", StringComparison.Ordinal) ? 0 : 1, "oscap left no result file in three calls");
    XNamespace xccdf = "http://checklists.nist.gov/xccdf/1.2";
    return XDocument.Parse(output).Descendants(xccdf + "rule-result")
        .ToDictionary(r => r.Attribute("idref")!.Value.Replace("xccdf_org.ssgproject.content_rule_", ""), r => r.Element(xccdf + "result")!.Value);
}

int Bench()
{
    if (options.FirstOrDefault() != "peer-oscap")
    {
        return Help();
    }

    Timed("setup", () => Setup(everything: true));
    Build();
    return Timed("bench", Peer);
}

// What people do today, on a copy of the same image: oscap --remediate, reboot, again, reboot, scan.
int Peer()
{
    var (home, name) = (Path.GetFullPath("out/home"), $"peer-{Environment.ProcessId}");
    var environment = Environment1(home);
    Directory.CreateDirectory("out/bench");
    string[] backend = Option("--lab") is { } lab1 ? ["-Backend", lab1] : [];
    try
    {
        Must(Forge(environment, ["New-ForgeLab", name, "-Distribution", "debian12", .. backend, "-Confirm:$false"]), "the lab could not be made");
        Must(Forge(environment, ["Start-ForgeLab", name]), "the lab does not start");
        var lab = LabOf(environment, name);
        var clock = Stopwatch.StartNew();
        Ssh(lab, "sudo -S -p '' sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install openscap-scanner'");
        var before = IndependentScan(environment, name, "out/bench/peer-before.xml");
        for (var pass = 1; pass <= 2; pass++)
        {
            Say($"peer: pass {pass}, oscap xccdf eval --remediate");
            Ssh(lab, "sudo -S -p '' oscap xccdf eval --remediate --profile cis_level2_server --results /var/tmp/peer.xml /var/tmp/independent-ds.xml");
            Say("peer: reboot");
            Forge(environment, ["Stop-ForgeLab", name, "-Confirm:$false"]);
            Must(Forge(environment, ["Start-ForgeLab", name]), "the peer's machine does not come back");
            lab = LabOf(environment, name);
        }

        var after = IndependentScan(environment, name, "out/bench/peer-after.xml");
        var peer = new JsonObject
        {
            ["before"] = CountsOf(before), ["after"] = CountsOf(after), ["wallSeconds"] = Math.Round(clock.Elapsed.TotalSeconds, 1),
            ["regressions"] = new JsonArray([.. before.Where(b => b.Value == "pass" && after.GetValueOrDefault(b.Key) == "fail").Select(b => (JsonNode)new JsonObject { ["id"] = b.Key })]),
            ["failing"] = new JsonArray([.. after.Where(a => a.Value == "fail").Select(a => (JsonNode)JsonValue.Create(a.Key)!)]),
        };
        var forge = File.Exists("out/demo/result.json") ? JsonNode.Parse(File.ReadAllText("out/demo/result.json")) : null;
        File.WriteAllText("out/bench/peer-oscap.json", new JsonObject { ["peer"] = peer, ["forge"] = forge }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        Console.WriteLine($"Peer:  {before.Values.Count(v => v == "fail")} failing before, {after.Values.Count(v => v == "fail")} after, {clock.Elapsed.TotalSeconds:0} s");
        Console.WriteLine(forge is null ? "Forge: run `dotnet run build.cs -- demo` first to have its figures beside these" : $"Forge: {forge["before"]!["fail"]} failing before, {forge["after"]!["fail"]} after, {forge["wallSeconds"]} s");
        return 0;
    }
    finally
    {
        Forge(environment, ["Remove-ForgeLab", name, "-Confirm:$false"]);
    }
}

int Test()
{
    Timed("setup", () => Setup(everything: true));
    Build();
    Directory.CreateDirectory("out/tests");
    foreach (var old in Directory.EnumerateFiles("out/tests"))
    {
        File.Delete(old);
    }

    var environment = Environment1(Path.GetFullPath("out/test-home"));
    environment["FORGE_TEST_CONTENT"] = Path.GetFullPath("out/content/usr/share/xml/scap/ssg/content");
    environment["FORGE_EXE"] = Path.GetFullPath("out/bin/forge");
    environment["FORGE_MODULE"] = Path.GetFullPath("out/module/Forge");
    var projects = Directory.EnumerateDirectories("tests", "*.Tests").Select(d => Path.GetFileName(d)!).Order()
        .Where(p => !options.Contains("--fast") || !p.Contains("Acceptance", StringComparison.Ordinal))
        .OrderBy(p => p.Contains("Acceptance", StringComparison.Ordinal)).ToList();
    var failed = false;
    foreach (var project in projects)
    {
        Timed(project, () =>
        {
            Say($"test: {project}");
            var exe = Path.GetFullPath($"out/artifacts/bin/{project}/release/{project}");
            string[] filter = Option("--filter") is { } f ? ["-class", f] : [];
            failed |= Run(exe, ["-xml", Path.GetFullPath($"out/tests/{project}.xml"), "-noLogo", "-noColor", .. filter], environment) != 0;
            return 0;
        });
    }

    failed |= Timed("Pester", () => Pester(environment)) != 0;
    var (passed, failures, skipped) = Count(projects);
    File.WriteAllText("out/tests/closing-line.txt", $"{passed} passed, {failures} failed, {skipped} skipped\n");
    return failed || failures > 0 ? 1 : 0;
}

(int Passed, int Failed, int Skipped) Count(List<string> projects)
{
    int passed = 0, failures = 0, skipped = 0;
    foreach (var project in projects)
    {
        var file = $"out/tests/{project}.xml";
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"test: {project} wrote no result; it counts as failed");
            failures++;
            continue;
        }

        foreach (var assembly in XDocument.Load(file).Root!.Elements("assembly"))
        {
            passed += (int)assembly.Attribute("passed")!;
            failures += (int)assembly.Attribute("failed")! + (int)assembly.Attribute("errors")!;
            skipped += (int)assembly.Attribute("skipped")!;
            foreach (var test in assembly.Descendants("test").Where(t => (string?)t.Attribute("result") == "Skip"))
            {
                Console.WriteLine($"skipped: {(string?)test.Attribute("name")}: {test.Element("reason")?.Value.Trim()}");
            }
        }
    }

    if (File.Exists("out/tests/Pester.xml"))
    {
        var results = XDocument.Load("out/tests/Pester.xml").Root!;
        var (total, bad, left) = ((int)results.Attribute("total")!, (int)results.Attribute("failures")! + (int)results.Attribute("errors")!, (int)results.Attribute("not-run")! + (int)results.Attribute("skipped")!);
        (passed, failures, skipped) = (passed + total - bad - left, failures + bad, skipped + left);
    }
    else
    {
        skipped++;
    }

    return (passed, failures, skipped);
}

int Pester(Dictionary<string, string> environment)
{
    if (Capture("sh", "-c", "command -v pwsh") is not { Code: 0 } || Capture("pwsh", "-NoProfile", "-Command", "if (-not (Get-Module Pester -ListAvailable)) { exit 1 }") is not { Code: 0 })
    {
        Console.WriteLine("skipped: tests/module (Pester): pwsh 7.6 with Pester is not on PATH; the same cmdlets were tested under forge");
        return 0;
    }

    var script = $$"""
        $c = New-PesterConfiguration; $c.Run.Path = '{{Path.GetFullPath("tests/module")}}'; $c.Run.Exit = $true; $c.Output.Verbosity = 'Normal'
        $c.TestResult.Enabled = $true; $c.TestResult.OutputFormat = 'NUnitXml'; $c.TestResult.OutputPath = '{{Path.GetFullPath("out/tests/Pester.xml")}}'
        Invoke-Pester -Configuration $c
        """;
    return Run("pwsh", ["-NoProfile", "-Command", script], environment);
}

JsonObject CountsOf(Dictionary<string, string> verdicts) => new()
{
    ["pass"] = verdicts.Values.Count(v => v is "pass" or "fixed"), ["fail"] = verdicts.Values.Count(v => v == "fail"),
    ["notApplicable"] = verdicts.Values.Count(v => v == "notapplicable"), ["notChecked"] = verdicts.Values.Count(v => v == "notchecked"),
    ["error"] = verdicts.Values.Count(v => v is "error" or "unknown"),
};

(string Port, string User, string Key, string KnownHosts, string Password) LabOf(Dictionary<string, string> environment, string name)
{
    var lab = JsonNode.Parse(Capture1(environment, ["Get-ForgeLab", name]).Output)!;
    string Of(string key) => lab[key]!.ToString();
    return (Of("Port"), Of("UserName"), Of("KeyFile"), Of("KnownHostsFile"), File.ReadLines(Of("PasswordFile")).First());
}

string[] SshOptions((string Port, string User, string Key, string KnownHosts, string Password) lab) =>
    ["-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={lab.KnownHosts}", "-o", "StrictHostKeyChecking=yes", "-i", lab.Key];

void Ssh((string Port, string User, string Key, string KnownHosts, string Password) lab, string command) =>
    _ = Feed("ssh", [.. SshOptions(lab), "-p", lab.Port, $"{lab.User}@127.0.0.1", command], lab.Password + "\n");

string Content() => Path.GetFullPath("out/content/usr/share/xml/scap/ssg/content/ssg-debian12-ds.xml");

// Images are shared by all clones of one user; state is this clone's own.
Dictionary<string, string> Environment1(string home) => new()
{
    ["FORGE_HOME"] = home,
    ["FORGE_CACHE"] = Environment.GetEnvironmentVariable("FORGE_CACHE") is { Length: > 0 } cache ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "forge"),
};

int Forge(Dictionary<string, string> environment, string[] arguments) => Run(Path.GetFullPath("out/bin/forge"), arguments, environment);

(int Code, string Output) Capture1(Dictionary<string, string> environment, string[] arguments, bool live = false) =>
    Execute(Path.GetFullPath("out/bin/forge"), arguments, environment, capture: true, input: null, echo: live);

string? Option(string name) => Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

int Timed(string name, Func<int> step)
{
    var clock = Stopwatch.StartNew();
    var code = step();
    steps.Add((name, clock.Elapsed));
    return code;
}

void Say(string text) => Console.WriteLine($"[{DateTime.Now:HH:mm:ss}] {text}");

int Must(int code, string message) => code == 0 ? 0 : throw new BuildException(message);

int Run(string file, string[] arguments, Dictionary<string, string>? environment = null, bool quiet = false)
{
    var (code, output) = Execute(file, arguments, environment, capture: quiet, input: null, echo: false);
    if (quiet && code != 0)
    {
        Console.Error.WriteLine(output);
    }

    return code;
}

(int Code, string Output) Capture(string file, params string[] arguments) => Execute(file, arguments, null, capture: true, input: null, echo: false);

(int Code, string Output) Feed(string file, string[] arguments, string input) => Execute(file, arguments, null, capture: true, input, echo: false);

(int Code, string Output) Execute(string file, string[] arguments, Dictionary<string, string>? environment, bool capture, string? input, bool echo)
{
    var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = capture, RedirectStandardError = capture && !echo, RedirectStandardInput = input is not null };
    foreach (var (key, value) in environment ?? [])
    {
        start.Environment[key] = value;
    }

    try
    {
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        var error = capture && !echo ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var output = capture ? process.StandardOutput.ReadToEnd() : "";
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }
    catch (System.ComponentModel.Win32Exception e)
    {
        throw new BuildException($"{file} cannot be started: {e.Message}");
    }
}

sealed class BuildException(string message) : Exception(message);
