using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Remediation;

namespace Forge.Scap.Derivation;

/// <summary>Derives one typed action from the fix that a vendor gives for a rule: from Ansible, whose tasks say what they mean; from a shell script only where it is one plain command. Pure.</summary>
public static class ActionDerivation
{
    /// <summary>System of fixes that are lists of Ansible tasks.</summary>
    public const string AnsibleSystem = "urn:xccdf:fix:script:ansible";

    /// <summary>Derives the action of a rule's fix with a profile's values.</summary>
    public static DerivedAction Derive(ResolvedProfile profile, Rule rule)
    {
        if (FixRenderer.Render(profile, rule, AnsibleSystem) is { } ansible)
        {
            return ansible.Script is { } tasks ? AnsibleDerivation.Derive(tasks) : DerivedAction.None(ansible.Trouble!);
        }

        return FixRenderer.Render(profile, rule) is not { } shell ? DerivedAction.None("the content has no fix")
            : shell.Script is { } script ? ShellDerivation.Derive(script) : DerivedAction.None(shell.Trouble!);
    }
}
