using Forge.Core.Errors;
using Forge.Llama.Native;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>The LoRA adapters in force; the model itself stays loaded.</summary>
internal sealed unsafe class AdapterSet(NativeModel model)
{
    private readonly Dictionary<string, nint> _loaded = new(StringComparer.Ordinal);

    /// <summary>Puts exactly these in force: new ones are loaded, others freed. The caches of all sequences are of no use afterwards.</summary>
    /// <exception cref="ForgeException">Id <c>ModelAdapterFailed</c>; those in force before stay.</exception>
    public void Set(IReadOnlyList<AdapterCall> wanted)
    {
        var before = _loaded.Keys.ToList();
        var handles = stackalloc nint[Math.Max(1, wanted.Count)];
        var scales = stackalloc float[Math.Max(1, wanted.Count)];
        for (var i = 0; i < wanted.Count; i++)
        {
            handles[i] = Open(wanted[i].File);
            scales[i] = wanted[i].Scale;
        }

        if (NativeLlama.SetAdapters(model.Context, handles, wanted.Count, scales) != 0)
        {
            throw Failed(string.Join(", ", wanted.Select(w => w.File)), "it cannot be put in force");
        }

        foreach (var file in before.Except(wanted.Select(w => w.File)))
        {
            NativeLlama.FreeAdapter(_loaded[file]);
            _loaded.Remove(file);
        }
    }

    private nint Open(string file)
    {
        if (_loaded.TryGetValue(file, out var known))
        {
            return known;
        }

        NativeLog.TakeErrors();
        var handle = NativeLlama.LoadAdapter(model.Model, file);
        return handle == 0 ? throw Failed(file, NativeLog.TakeErrors()) : _loaded[file] = handle;
    }

    private static ForgeException Failed(string file, string why) => new(
        "ModelAdapterFailed", ForgeErrorKind.BadInput, $"The adapter {file} cannot be used with this model: {why}.", "Use an adapter that was trained for this very model.", file);
}
