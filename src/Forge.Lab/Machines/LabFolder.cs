using System.Text.Json;
using System.Text.Json.Serialization;
using Forge.Core.Errors;

namespace Forge.Lab.Machines;

/// <summary>The folder of one lab machine: where its files are, and its record.</summary>
/// <param name="path">The folder, absolute.</param>
public sealed class LabFolder(string path)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Name of the machine.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Files of the running machine: sockets, pid files, logs.</summary>
    public string Run => Combine("run");

    /// <summary>Private key of the account.</summary>
    public string KeyFile => Combine("id_ed25519");

    /// <summary>Password of the account and of root.</summary>
    public string PasswordFile => Combine("password");

    /// <summary>Host keys for the port of the last start, as ssh reads them.</summary>
    public string KnownHostsFile => Combine("known_hosts");

    /// <summary>Public host keys of the image.</summary>
    public string HostKeysFile => Combine("host_keys");

    /// <summary>The record.</summary>
    public string RecordFile => Combine("lab.json");

    /// <summary>Whether the machine was made to its end: the record is written last.</summary>
    public bool Exists => File.Exists(RecordFile);

    /// <summary>A path in the folder.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Reads the record.</summary>
    /// <exception cref="ForgeException">Ids <c>LabNotFound</c>, <c>LabCorrupt</c>.</exception>
    public LabRecord Load()
    {
        if (!Exists)
        {
            throw new ForgeException("LabNotFound", ForgeErrorKind.NotFound, $"There is no lab '{Name}'.", "Get-ForgeLab lists the labs, New-ForgeLab makes one.", Name);
        }

        try
        {
            return JsonSerializer.Deserialize<LabRecord>(File.ReadAllText(RecordFile), Json) ?? throw new JsonException("it holds null");
        }
        catch (JsonException exception)
        {
            throw new ForgeException("LabCorrupt", ForgeErrorKind.Corrupt, $"{RecordFile} cannot be read: {exception.Message}", $"Remove-ForgeLab {Name}, then make it again.", Name, exception);
        }
    }

    /// <summary>Writes the record: whole or not at all.</summary>
    public void Save(LabRecord record)
    {
        var temporary = RecordFile + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(record, Json) + "\n");
        File.Move(temporary, RecordFile, overwrite: true);
    }

    /// <summary>Names the host keys of the machine for its port.</summary>
    public void WriteKnownHosts(int port)
    {
        var lines = File.ReadLines(HostKeysFile)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2)
            .Select(words => $"[127.0.0.1]:{port} {words[0]} {words[1]}");
        File.WriteAllLines(KnownHostsFile, lines);
    }
}
