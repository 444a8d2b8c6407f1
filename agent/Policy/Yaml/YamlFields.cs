using YamlDotNet.RepresentationModel;

namespace Navi.Agent.Policy.Yaml;

/// <summary>The fields of one YAML mapping, read strictly: every error says the source, the line, the field, the value and what is right.</summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> fields = new(StringComparer.Ordinal);
    private readonly YamlMappingNode mapping;

    public YamlFields(YamlNode node, string source, string field, params string[] known)
    {
        Source = source;
        mapping = node as YamlMappingNode ?? throw Wrong(source, node, field, $"must be a mapping with the fields {string.Join(", ", known)}");
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.Contains(name))
                throw Wrong(source, key, field.Length == 0 ? name : $"{field}.{name}", $"is not a field; there are {string.Join(", ", known)}");
            fields[name] = (key, value);
        }
    }

    public string Source { get; }

    public bool Has(string name) => fields.ContainsKey(name);

    public YamlNode Required(string name, string meaning) =>
        fields.TryGetValue(name, out var field) ? field.Value : throw Wrong(Source, mapping, name, $"is missing; it is {meaning}");

    public YamlNode? Optional(string name) => fields.TryGetValue(name, out var field) ? field.Value : null;

    /// <summary>One text that is not empty.</summary>
    public string Text(string name, string meaning) => Text(Required(name, meaning), name);

    /// <summary>A text or a list of texts; empty when the field is absent.</summary>
    public IReadOnlyList<string> Texts(string name) => Optional(name) switch
    {
        null => [],
        YamlSequenceNode { Children.Count: > 0 } list => [.. list.Children.Select(c => Text(c, name))],
        YamlSequenceNode list => throw Wrong(Source, list, name, "must not be an empty list"),
        var one => [Text(one, name)],
    };

    public bool? Flag(string name) => Optional(name) switch
    {
        null => null,
        YamlScalarNode { Value: "true" } => true,
        YamlScalarNode { Value: "false" } => false,
        var other => throw Wrong(Source, other, name, "must be true or false"),
    };

    public T Choice<T>(YamlNode node, string name)
        where T : struct, Enum
    {
        var text = Text(node, name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().ToLowerInvariant() == text)
                return value;
        }
        throw Wrong(Source, node, name, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
    }

    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum => Optional(name) switch
        {
            null => [],
            YamlSequenceNode { Children.Count: > 0 } list => [.. list.Children.Select(c => Choice<T>(c, name))],
            var one => [Choice<T>(one, name)],
        };

    public string Text(YamlNode node, string name) =>
        node is YamlScalarNode { Value: { } text } && text.Trim().Length > 0 ? text : throw Wrong(Source, node, name, "must be a text that is not empty");

    /// <summary>The error for a value, with its line.</summary>
    public static PolicyFileException Wrong(string source, YamlNode node, string field, string problem)
    {
        var value = node switch
        {
            YamlScalarNode scalar => $" '{scalar.Value}'",
            YamlSequenceNode list => $" (a list of {list.Children.Count})",
            _ => "",
        };
        return new PolicyFileException($"{source}, line {node.Start.Line}: field '{field}'{value} {problem}.");
    }
}
