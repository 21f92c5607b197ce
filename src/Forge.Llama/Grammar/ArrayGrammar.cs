using System.Text.Json;

namespace Forge.Llama.Grammar;

/// <summary>Arrays of items of one schema.</summary>
internal sealed class ArrayGrammar(JsonSchemaGrammar grammar)
{
    public string Expression(Dictionary<string, JsonElement> keys, string place)
    {
        JsonSchemaGrammar.Only(keys, place, "items", "minItems", "maxItems");
        if (!keys.TryGetValue("items", out var items))
        {
            throw JsonSchemaGrammar.Unsupported(place, "the array has no items");
        }

        var least = JsonSchemaGrammar.Number(keys, "minItems", place) ?? 0;
        var most = JsonSchemaGrammar.Number(keys, "maxItems", place);
        if (most < least)
        {
            throw JsonSchemaGrammar.Unsupported(place, $"minItems {least} is above maxItems {most}");
        }

        if (most == 0)
        {
            return "\"[]\"";
        }

        var item = grammar.Add(grammar.Expression(items, $"{place}/items"));
        var all = $"{item} (\",\" {grammar.Use("space")} {item}){GrammarText.Times(Math.Max(0, least - 1), most - 1)}";
        if (most == 1)
        {
            all = item;
        }

        return $"\"[\" {(least == 0 ? $"({all})?" : all)} \"]\"";
    }
}
