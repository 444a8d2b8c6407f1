using YamlDotNet.RepresentationModel;

namespace Navi.DeploymentChecks.Workflows;

/// <summary>One pipeline of <c>.github/workflows</c>.</summary>
internal sealed class Workflow
{
    private readonly YamlMappingNode root;

    private Workflow(string path, string text)
    {
        (Name, Text, FilePath) = (Path.GetFileName(path), text, path);
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        root = (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public string Name { get; }

    public string FilePath { get; }

    public string Text { get; }

    /// <summary>Whether it says at its top what its token may do.</summary>
    public bool LimitsItsToken => Child(root, "permissions") is not null;

    /// <summary>The shell that its scripts run in by its defaults; null when it names none.</summary>
    public string? Shell => TextOf(root, "defaults", "run", "shell");

    public IEnumerable<(string Id, YamlMappingNode Job)> Jobs => ((YamlMappingNode)root["jobs"]).Children.Select(j => (((YamlScalarNode)j.Key).Value!, (YamlMappingNode)j.Value));

    /// <summary>Every <c>uses</c> of its jobs and steps.</summary>
    public IEnumerable<string> Uses => Jobs.SelectMany(j => Steps(j.Job).Prepend(j.Job)).Select(n => TextOf(n, "uses")).OfType<string>();

    /// <summary>Every script of its steps, with the job's id.</summary>
    public IEnumerable<(string Job, string Script)> Scripts => Jobs.SelectMany(j => Steps(j.Job).Select(s => TextOf(s, "run")).OfType<string>().Select(s => (j.Id, s)));

    /// <summary>What a step gives the action that builds an image, by the Dockerfile's path.</summary>
    public IEnumerable<(string Dockerfile, string Arguments)> Builds =>
        Jobs.SelectMany(j => Steps(j.Job)).Where(s => TextOf(s, "with", "file") is not null).Select(s => (TextOf(s, "with", "file")!, TextOf(s, "with", "build-args") ?? ""));

    /// <summary>The workflows of a repository, by name.</summary>
    public static IReadOnlyList<Workflow> Of(string root) =>
        [.. Directory.GetFiles(Path.Combine(root, ".github", "workflows"), "*.yml").Order(StringComparer.Ordinal).Select(f => new Workflow(f, File.ReadAllText(f)))];

    /// <summary>The jobs that a job waits for.</summary>
    public static IEnumerable<string> Needs(YamlMappingNode job) => Child(job, "needs") switch
    {
        YamlScalarNode one => [one.Value!],
        YamlSequenceNode many => many.OfType<YamlScalarNode>().Select(n => n.Value!),
        _ => [],
    };

    /// <summary>A text below a node, such as <c>with.environment</c>; null when there is none.</summary>
    public static string? TextOf(YamlMappingNode node, params string[] path)
    {
        YamlNode? at = node;
        foreach (var name in path)
            at = at is YamlMappingNode mapping ? Child(mapping, name) : null;
        return (at as YamlScalarNode)?.Value;
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => Child(job, "steps") is YamlSequenceNode steps ? steps.OfType<YamlMappingNode>() : [];

    private static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
