namespace System.Management.Automation;

/// <summary>The properties of a <see cref="PSObject"/>: those of the object it wraps, then those added to it.</summary>
internal sealed class InstanceProperties(object baseObject) : PSMemberInfoCollection<PSPropertyInfo>
{
    private readonly Dictionary<string, PSPropertyInfo> _added = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];

    public override PSPropertyInfo this[string name]
        => _added.TryGetValue(name, out PSPropertyInfo? added) ? added : Own().FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))!;

    public override void Add(PSPropertyInfo member) => Add(member, preValidated: false);

    public override void Add(PSPropertyInfo member, bool preValidated)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (!_added.ContainsKey(member.Name))
        {
            _order.Add(member.Name);
        }

        _added[member.Name] = member;
    }

    public override void Remove(string name)
    {
        _added.Remove(name);
        _order.RemoveAll(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    public override IEnumerator<PSPropertyInfo> GetEnumerator()
    {
        foreach (PSPropertyInfo own in Own().Where(p => !_added.ContainsKey(p.Name)))
        {
            yield return own;
        }

        foreach (string name in _order)
        {
            yield return _added[name];
        }
    }

    private IEnumerable<PSPropertyInfo> Own()
        => baseObject is CustomObject
            ? []
            : baseObject.GetType().GetProperties().Where(p => p.GetMethod is { IsStatic: false } && p.GetIndexParameters().Length == 0)
                .Select(p => new ClrProperty(baseObject, p));
}
