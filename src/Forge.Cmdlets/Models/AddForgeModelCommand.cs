using System.Management.Automation;
using System.Net;
using System.Security.Cryptography;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Llama.Gguf;
using Forge.Models;
using Forge.Models.Replay;

namespace Forge.Cmdlets.Models;

/// <summary>Adds a model: a GGUF file, a server that speaks OpenAI's chat completions, or a recording; and gives it roles.</summary>
/// <example>
/// <para>Adds a GGUF file on this machine for the work on findings.</para>
/// <code>Add-ForgeModel worker -Path ~/models/Qwen3.6-27B-Q4_K_M.gguf -Role Worker</code>
/// </example>
/// <example>
/// <para>Adds a llama-server that listens on this machine.</para>
/// <code>Add-ForgeModel server -Endpoint http://127.0.0.1:8080/v1 -Role Worker, Reflector</code>
/// </example>
[Cmdlet(VerbsCommon.Add, "ForgeModel", SupportsShouldProcess = true, DefaultParameterSetName = FileSet)]
[OutputType(typeof(ModelListing))]
public sealed class AddForgeModelCommand : ForgeCmdlet
{
    private const string FileSet = "File";
    private const string ServerSet = "Server";
    private const string RecordingSet = "Recording";

    /// <summary>Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Name: letters, digits, dot, dash, underscore.")]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    public string Name { get; set; } = "";

    /// <summary>The GGUF file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet, ValueFromPipelineByPropertyName = true, HelpMessage = "Path of a GGUF file; it is checked before it is added.")]
    public string Path { get; set; } = "";

    /// <summary>The server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet, ValueFromPipelineByPropertyName = true, HelpMessage = "Base address of an OpenAI-compatible server, for example http://127.0.0.1:8080/v1.")]
    public string Endpoint { get; set; } = "";

    /// <summary>Model on the server.</summary>
    [Parameter(ParameterSetName = ServerSet, HelpMessage = "Name of the model on the server; default the server's own.")]
    public string? ModelId { get; set; }

    /// <summary>Key file.</summary>
    [Parameter(ParameterSetName = ServerSet, HelpMessage = "File whose first line is the server's key.")]
    public string? ApiKeyFile { get; set; }

    /// <summary>Let what hosts say leave this machine.</summary>
    [Parameter(ParameterSetName = ServerSet, HelpMessage = "Allow a server that is not this machine: what your hosts say is sent to it.")]
    public SwitchParameter AllowRemote { get; set; }

    /// <summary>The recording.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecordingSet, HelpMessage = "Path of a recording (Export-ForgeRecording); runs with it can be repeated.")]
    public string Recording { get; set; } = "";

    /// <summary>Roles.</summary>
    [Parameter(HelpMessage = "Roles: Worker chooses actions, Architect plans, Reflector draws lessons (both default to the worker's), Judge judges what another one made.")]
    public ModelRole[] Role { get; set; } = [];

    /// <summary>Tokens of the context, 256 to 1,048,576.</summary>
    [Parameter(HelpMessage = "Tokens of its context, prompt and answer together.")]
    [ValidateRange(256, 1048576)]
    public int ContextTokens { get; set; } = 8192;

    /// <summary>Tokens of an answer, 16 to 65,536.</summary>
    [Parameter(HelpMessage = "Tokens of an answer at most.")]
    [ValidateRange(16, 65536)]
    public int AnswerTokens { get; set; } = 512;

    /// <summary>Tokens of free reasoning, 0 to 65,536.</summary>
    [Parameter(HelpMessage = "Tokens of free reasoning before the constrained answer; 0 for a model that answers at once.")]
    [ValidateRange(0, 65536)]
    public int ReasoningTokens { get; set; }

    /// <summary>Only words of the item.</summary>
    [Parameter(HelpMessage = "Let it use only words that stand in the item: for small models, which misspell what they copy.")]
    public SwitchParameter OnlyWordsOfItem { get; set; }

    /// <summary>Randomness, 0 to 2.</summary>
    [Parameter(HelpMessage = "Randomness of its answers, 0 for none.")]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; } = 0.2;

    /// <summary>How long it may be silent.</summary>
    [Parameter(HelpMessage = "How long it may be silent before it counts as down, for example 3m on a slow machine.")]
    [Duration]
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Layers on the GPU.</summary>
    [Parameter(ParameterSetName = FileSet, HelpMessage = "Layers to put on the GPU; default as many as its memory takes where there is one, 0 for none.")]
    [ValidateRange(0, 1000)]
    public int? GpuLayers { get; set; }

    /// <summary>Threads.</summary>
    [Parameter(ParameterSetName = FileSet, HelpMessage = "Threads; default 1 for a tiny model, else one less than there are processors.")]
    [ValidateRange(1, 1024)]
    public int? Threads { get; set; }

    /// <summary>Replace a model of the same name.</summary>
    [Parameter(HelpMessage = "Replace a model of the same name.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var model = (ParameterSetName switch
        {
            ServerSet => Server(),
            RecordingSet => await FileAsync(ModelKind.Replay, Recording, cancellationToken),
            _ => await FileAsync(ModelKind.Llama, Path, cancellationToken),
        }) with
        {
            ContextTokens = ContextTokens,
            AnswerTokens = AnswerTokens,
            ReasoningTokens = ReasoningTokens,
            OnlyWordsOfItem = OnlyWordsOfItem,
            Temperature = Temperature,
            IdleSeconds = Math.Max(1, (int)IdleLimit.TotalSeconds),
            GpuLayers = GpuLayers,
            Threads = Threads,
        };
        var registry = ForgeServices.Current.Models;
        if (await sink.ShouldProcessAsync($"{Name} ({model.Path ?? model.Endpoint})", $"add to {registry.File}"))
        {
            await registry.AddAsync(model, Role, Force, cancellationToken);
            await sink.WriteAsync(ModelListing.Of(model, registry.Roles()));
        }
    }

    private ModelDescription Server()
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ForgeException("ModelEndpointInvalid", ForgeErrorKind.BadInput, $"'{Endpoint}' is no address of a server.", "Write for example http://127.0.0.1:8080/v1.", Endpoint);
        }

        var local = uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address));
        if (!local && !AllowRemote)
        {
            throw new ForgeException(
                "ModelRemote", ForgeErrorKind.Refused, $"{uri.Host} is not this machine: findings, file names and messages of your hosts would be sent to it.", "Give -AllowRemote if that is what you want.", Endpoint);
        }

        return new ModelDescription { Name = Name, Kind = ModelKind.OpenAI, Endpoint = Endpoint, ModelId = ModelId, ApiKeyFile = ApiKeyFile is { } file ? GetUnresolvedProviderPathFromPSPath(file) : null };
    }

    private async Task<ModelDescription> FileAsync(ModelKind kind, string given, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(given));
        if (kind == ModelKind.Replay)
        {
            Forge.Models.Replay.Recording.Read(path);
        }
        else
        {
            GgufFile.Read(path).RequireModel();
        }

        await using var file = File.OpenRead(path);
        return new ModelDescription { Name = Name, Kind = kind, Path = path, Digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) };
    }
}
