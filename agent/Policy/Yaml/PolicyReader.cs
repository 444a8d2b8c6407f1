using System.Text.Json.Nodes;
using Navi.Agent.Effects;
using Navi.Agent.Policy.Rules;
using Navi.Agent.Tools;
using Navi.Platform.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Navi.Agent.Policy.Yaml;

/// <summary>Reads the YAML form of a policy; default-policy.yaml explains it.</summary>
internal static class PolicyReader
{
    private static readonly string[] Conditions =
        ["tool", "effect", "risk", "paths", "command", "repository", "caller", "sandboxed", "network_off", "read_untrusted"];

    /// <param name="text">The YAML text.</param>
    /// <param name="source">What errors call it.</param>
    /// <exception cref="PolicyFileException">It is not a valid policy.</exception>
    public static PolicyRules Read(string text, string source)
    {
        var root = Parse(text, source);
        var fields = new YamlFields(root, source, "", "version", "rules");
        var version = fields.Required("version", "the form of the file, 1");
        if (version is not YamlScalarNode { Value: "1" })
            throw YamlFields.Wrong(source, version, "version", "must be 1");
        var list = fields.Required("rules", "the list of rules in order");
        if (list is not YamlSequenceNode { Children.Count: > 0 } sequence)
            throw YamlFields.Wrong(source, list, "rules", "must be a list with at least one rule");
        var rules = new List<PolicyRule>();
        foreach (var node in sequence.Children)
        {
            var rule = ReadRule(node, source);
            if (rules.Any(r => r.Name == rule.Name))
                throw YamlFields.Wrong(source, node["name"], "name", "names two rules");
            rules.Add(rule);
        }
        return new PolicyRules(rules, CanonicalJson.Digest(Plain(root, source)));
    }

    private static YamlNode Parse(string text, string source)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count != 1)
                throw new PolicyFileException($"{source}, line 1: field 'version' is missing; the file must hold one YAML document.");
            Plain(stream.Documents[0].RootNode, source);
            return stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            throw new PolicyFileException($"{source}, line {e.Start.Line}: {e.Message}", e);
        }
    }

    private static PolicyRule ReadRule(YamlNode node, string source)
    {
        var fields = new YamlFields(node, source, "rules", "name", "match", "decision", "reason");
        var name = fields.Text("name", "what the audit calls the rule");
        var decision = fields.Choice<PolicyDecision>(fields.Required("decision", "allow, approve or deny"), "decision");
        var reason = fields.Text("reason", "why, for the people who decide");
        var match = new YamlFields(fields.Required("match", "the rule's conditions"), source, "match", Conditions);
        if (!Conditions.Any(match.Has))
            throw YamlFields.Wrong(source, node, "match", "has no condition; to match every call write tool: \"*\"");
        return new PolicyRule(name, decision, reason, new RuleMatch
        {
            Tools = Wildcards(match, "tool"),
            Effects = match.Choices<EffectClass>("effect"),
            Risks = match.Choices<ToolRisk>("risk"),
            Paths = [.. match.Texts("paths").Select(p => new PathPattern(p))],
            Commands = Commands(match, source),
            Repositories = Wildcards(match, "repository"),
            Callers = Wildcards(match, "caller"),
            Sandboxed = match.Flag("sandboxed"),
            NetworkOff = match.Flag("network_off"),
            ReadUntrusted = match.Flag("read_untrusted"),
        });
    }

    private static CommandPattern[] Commands(YamlFields match, string source) => match.Optional("command") switch
    {
        null => [],
        YamlSequenceNode { Children.Count: > 0 } list => [.. list.Children.Select(c => Command(c, source))],
        var one => [Command(one, source)],
    };

    private static CommandPattern Command(YamlNode node, string source)
    {
        var fields = new YamlFields(node, source, "command", "program", "first", "with", "without", "only", "wraps");
        fields.Required("program", "a program or a list of programs; \"*\" is any");
        return new CommandPattern(
            Wildcards(fields, "program"), Wildcards(fields, "first"), Wildcards(fields, "with"), Wildcards(fields, "without"),
            Wildcards(fields, "only"), fields.Flag("wraps"));
    }

    private static Wildcard[] Wildcards(YamlFields fields, string name) => [.. fields.Texts(name).Select(t => new Wildcard(t))];

    // The content without comments and layout; scalars as their text, which is how the fields read them. Aliases would make one rule's
    // text depend on another's, and expand without bound.
    private static JsonNode? Plain(YamlNode node, string source)
    {
        if (!node.Anchor.IsEmpty)
            throw new PolicyFileException($"{source}, line {node.Start.Line}: anchors and aliases are not read in a policy; '{node.Anchor.Value}' is one.");
        return node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create((c.Key as YamlScalarNode)?.Value ?? "", Plain(c.Value, source)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(c => Plain(c, source))]),
            _ => JsonValue.Create(((YamlScalarNode)node).Value),
        };
    }
}
