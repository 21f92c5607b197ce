using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Forge.Cmdlets.Hosting;
using Forge.Samples;

namespace Forge.Host.Tests.StandIn;

public class StandInTests
{
    private const string Seam = "Forge.StandIn";

    private static readonly Assembly StandIn = typeof(Cmdlet).Assembly;

    private static readonly Assembly Standard = new AssemblyLoadContext("PowerShellStandard").LoadFromAssemblyPath(Paths.PowerShellStandard);

    [Fact]
    public void Every_public_signature_is_one_of_PowerShells()
    {
        SortedSet<string> ours = Signatures.Of(StandIn, type => type.Namespace != Seam);
        SortedSet<string> theirs = Signatures.Of(Standard, _ => true);
        Assert.True(ours.Count > 400, $"only {ours.Count} signatures were compared");
        Assert.Empty(ours.Except(theirs));
    }

    [Fact]
    public void Only_the_seam_to_the_host_is_not_PowerShells()
        => Assert.Equal(["HostedCommand", "IHostedRuntime"], StandIn.GetExportedTypes().Where(type => type.Namespace == Seam).Select(type => type.Name).Order());

    [Fact]
    public void The_identity_is_that_of_PowerShell_with_a_higher_version()
    {
        AssemblyName ours = StandIn.GetName();
        AssemblyName theirs = Standard.GetName();
        Assert.Equal(theirs.Name, ours.Name);
        Assert.Equal(theirs.GetPublicKeyToken(), ours.GetPublicKeyToken());
        Assert.Equal(7, ours.Version!.Major);
        Assert.True(ours.Version > theirs.Version);
    }

    [Theory]
    [InlineData(typeof(ForgeCmdlet))]
    [InlineData(typeof(SampleFinding))]
    public void What_the_commands_use_of_PowerShell_is_there(Type inAssembly)
    {
        using var file = new PEReader(File.OpenRead(inAssembly.Assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        List<string> missing = [.. Used(reader).Where(use => !IsThere(use.Type, use.Member)).Select(use => $"{use.Type}.{use.Member}")];
        Assert.Empty(missing);
    }

    private static bool IsThere(string type, string member)
        => StandIn.GetType(type) is { } found
            && (member.Length == 0 || found.GetMember(member, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Length > 0);

    /// <summary>The types and members of System.Management.Automation that an assembly refers to.</summary>
    private static IEnumerable<(string Type, string Member)> Used(MetadataReader reader)
    {
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (NameOf(reader, handle) is { } type)
            {
                yield return (type, "");
            }
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference && NameOf(reader, (TypeReferenceHandle)member.Parent) is { } type)
            {
                yield return (type, reader.GetString(member.Name));
            }
        }
    }

    private static string? NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "System.Management.Automation"
            ? $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"
            : null;
    }
}
