using System.Text.Json;

namespace Forge.Host.Runtime;

/// <summary>One object of standard input.</summary>
/// <param name="Element">The object; a line of plain text is a string.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct InputObject(JsonElement Element, int Line);
