using Forge.Core.Commands;
using Forge.Core.Extraction;
using Forge.Core.Journal;
using Forge.Core.Loop;
using Forge.Core.Models;
using Forge.Core.Proposals;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Lab;
using Forge.Llama;
using Forge.Models;
using Forge.Models.Hardening;
using Forge.Models.Settings;
using Forge.Scap.Engine;
using Forge.Store.Index;
using Forge.Store.Memory;
using Forge.Store.Redaction;
using Forge.Store.Reports;
using Forge.Store.Runs;
using Forge.Targets;
using Forge.Targets.Facts;
using Forge.Targets.HostKeys;
using Forge.Targets.Inventory;
using Forge.Targets.Local;
using Forge.Targets.Operations;
using Microsoft.Extensions.AI;

namespace Forge.Cmdlets.Composition;

/// <summary>The plugs of every port, put together once a process: the only place that knows them all.</summary>
public sealed class ForgeServices
{
    private static Lazy<ForgeServices> s_shared = new(() => new ForgeServices(ForgeHome.FromEnvironment()));

    private readonly RunStoreOptions _storeOptions;
    private readonly Lazy<RunIndex> _index;
    private readonly Lazy<LabService> _labs;
    private readonly ModelClients _clients;
    private readonly GateModels _gateModels;

    /// <summary>Puts the plugs together; touches no disk and loads no native library.</summary>
    public ForgeServices(ForgeHome home)
    {
        Home = home;
        Redactor = new Redactor();
        _storeOptions = new RunStoreOptions { Home = home.Folder, Redactor = Redactor };
        _index = new Lazy<RunIndex>(() => new RunIndex(_storeOptions));
        Runs = new RunStore(_storeOptions);
        Reports = new ReportWriter(Runs, _storeOptions);
        _labs = new Lazy<LabService>(() => new LabService(LabOptions.For(home.Folder, home.Cache) with { Recipes = ModuleFolder.Find("lab") }));
        var options = new TargetOptions { ForgeHome = home.Folder };
        Connector = new TargetConnector(options);
        HostKeys = new HostKeyStore(options);
        Inventory = new TargetInventory(home.TargetsFile);
        Models = new ModelRegistry(home.SettingsFile);
        Hardeners = new HardenerShelf(ModuleFolder.Find(Path.Combine("models", "forge-hardener")), home.HardenersFolder);
        _clients = new ModelClients(Redactor, () => ModelRuntime);
        _gateModels = new GateModels(Hardeners, () => HardenerSource);
        Skills = new SkillCatalog([home.SkillsFolder, ModuleFolder.Find("skills")], [new XccdfEngine(), new CommandEngine()]);
    }

    /// <summary>The services of this process, from its environment.</summary>
    public static ForgeServices Current => s_shared.Value;

    /// <summary>Where state is kept.</summary>
    public ForgeHome Home { get; }

    /// <summary>Masks secrets at the sinks.</summary>
    public Redactor Redactor { get; }

    /// <summary>Runs.</summary>
    public RunStore Runs { get; }

    /// <summary>Writes reports.</summary>
    public ReportWriter Reports { get; }

    /// <summary>The index over the runs.</summary>
    public RunIndex Index => _index.Value;

    /// <summary>Labs.</summary>
    public LabService Labs => _labs.Value;

    /// <summary>Opens connections.</summary>
    public TargetConnector Connector { get; }

    /// <summary>Host keys that are trusted.</summary>
    public HostKeyStore HostKeys { get; }

    /// <summary>The inventory.</summary>
    public TargetInventory Inventory { get; }

    /// <summary>Where the native runtime of local models is, and how their process is started.</summary>
    public ModelRuntimeOptions ModelRuntime => field ??= new ModelRuntimeOptions { Folder = Path.Combine(Home.Cache, "model-runtime"), Launcher = ModelProcessLauncher.ForThisProcess() };

    /// <summary>The client of a model; kept for the life of the process.</summary>
    public IChatClient ModelClient(ModelDescription model) => _clients.Of(model);

    /// <summary>Models and their roles.</summary>
    public ModelRegistry Models { get; }

    /// <summary>Hardening models, and which of them is enabled.</summary>
    public HardenerShelf Hardeners { get; init; }

    /// <summary>Opens hardening models.</summary>
    public IHardenerSource HardenerSource { get => field ??= new LlamaHardenerSource(() => ModelRuntime); init; }

    /// <summary>Skills and engines.</summary>
    public SkillCatalog Skills { get; }

    /// <summary>Version of Forge.</summary>
    public static string Version => typeof(ForgeServices).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The models as the settings map them to roles.</summary>
    /// <param name="worker">Model that works instead of the worker's; null for none.</param>
    public IModelSource ModelSource(string? worker = null) => new ConfiguredModels(Models, worker is null ? Models.Roles() : new Dictionary<ModelRole, string>(Models.Roles()) { [ModelRole.Worker] = worker }, _clients);

    /// <summary>The models that a run began with.</summary>
    public IModelSource ModelSource(RunRecord record) =>
        new ConfiguredModels(Models, record.Models.ToDictionary(m => Enum.Parse<ModelRole>(m.Key, true), m => m.Value), _clients);

    /// <summary>The ports of the loop.</summary>
    /// <param name="models">Models; null takes those of the settings.</param>
    public LoopPorts LoopPorts(IModelSource? models = null) => new()
    {
        Proposals = new ProposalDesk(skill => Extractor.Load(skill), _gateModels.Find),
        Models = models ?? ModelSource(),
        Shell = new ShfmtSyntax(),
        Connector = Connector,
        Inspector = new TargetInspector(Connector, TimeProvider.System),
        OperationHosts = new HostWrapperFactory(),
        Checkpoints = new LabCheckpointSource(_labs),
        Runs = Runs,
        Memory = new TipMemory(Index, _storeOptions),
        Skills = Skills,
        CacheFolder = Home.Cache,
        ForgeVersion = Version,
        AtPoint = CrashPoint.FromEnvironment(),
    };

    /// <summary>Takes other services for this process: for tests of commands, which have a home of their own.</summary>
    internal static void Use(ForgeServices services) => s_shared = new Lazy<ForgeServices>(services);

    /// <summary>Registers the secrets of a target, so that no sink ever shows them.</summary>
    public void RegisterSecrets(TargetDescription target)
    {
        if (target.SudoPasswordFile is { } file && File.Exists(file) && File.ReadLines(file).FirstOrDefault() is { Length: > 0 } password)
        {
            Redactor.Register(password);
        }
    }
}
