using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Bicep;

/// <summary>infra-bicep/ as the compiler understands it: its warnings, the template, and what each environment's parameters make of it.</summary>
/// <param name="Files">Every Bicep file, relative to the repository, with its text.</param>
/// <param name="Said">Warnings and errors of the compiler and the linter, each once.</param>
/// <param name="Template">The compiled main.bicep with its nested templates; null when it does not compile.</param>
/// <param name="Plan">The resources of every environment.</param>
internal sealed partial record BicepTree(IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Said, JsonObject? Template, IReadOnlyList<PlannedResource> Plan)
{
    private const string Folder = "infra-bicep";
    private const string Subscription = "11111111-1111-1111-1111-111111111111";
    private const string Tenant = "88888888-8888-8888-8888-888888888888";

    // What the parameters read from the environment: values of the right kind, of nobody.
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["NAVI_ORGANISATION"] = "example", ["NAVI_AUDIENCE"] = "api://navi.example.com", ["NAVI_CLIENT_ID"] = "22222222-2222-2222-2222-222222222222",
        ["NAVI_OPERATORS_ID"] = "33333333-3333-3333-3333-333333333333", ["NAVI_OPERATORS_NAME"] = "navi-operators",
        ["NAVI_PAGE_EMAIL"] = "page@example.com", ["NAVI_TICKET_EMAIL"] = "ticket@example.com", ["NAVI_PAGE_WEBHOOK"] = "https://page.example.com/hook",
        ["NAVI_PUBLIC_URL"] = "https://navi.example.com", ["NAVI_BUDGET_START"] = "2026-12-01",
    };

    /// <summary>Names of the parameters' files: dev, staging, production.</summary>
    public IReadOnlyList<string> Environments { get; } = [.. Files.Keys.Where(f => f.EndsWith(".bicepparam", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!)];

    /// <summary>Everything compiled, so that there is something to look at.</summary>
    public bool IsComplete => Template is not null && Environments.All(e => Plan.Any(r => r.Environment == e));

    /// <summary>Compiles a copy, so that nothing is written into the tree.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public static async Task<BicepTree> ReadAsync(string root, CancellationToken cancellation)
    {
        var copy = Directory.CreateTempSubdirectory("navi-bicep-").FullName;
        try
        {
            var files = Copy(Path.Combine(root, Folder), copy);
            // Each run reads the types anew, which takes longest; together they take as long as one.
            var building = BicepCli.RunAsync(copy, Variables, ["build", "main.bicep", "--stdout"], cancellation);
            var planned = await Task.WhenAll(files.Keys.Where(f => f.EndsWith(".bicepparam", StringComparison.Ordinal)).Select(p => PlanAsync(copy, p, cancellation)));
            var build = await building;
            List<string> said = [.. Lines(build, copy), .. planned.SelectMany(p => p.Said)];
            return new BicepTree(files.ToDictionary(f => $"{Folder}/{f.Key}", f => f.Value), [.. said.Distinct()], build.ExitCode == 0 ? JsonNode.Parse(build.Output)!.AsObject() : null, [.. planned.SelectMany(p => p.Resources)]);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    // The compiler writes what it plans beside the parameters.
    private static async Task<(List<string> Said, List<PlannedResource> Resources)> PlanAsync(string copy, string parameters, CancellationToken cancellation)
    {
        var run = await BicepCli.RunAsync(copy, Variables, ["snapshot", parameters, "--mode", "overwrite", "--subscription-id", Subscription, "--tenant-id", Tenant, "--location", "swedencentral"], cancellation);
        var made = Path.Combine(copy, Path.ChangeExtension(parameters, ".snapshot.json"));
        return (Lines(run, copy), run.ExitCode == 0 && File.Exists(made) ? [.. Resources(Path.GetFileNameWithoutExtension(parameters), JsonNode.Parse(await File.ReadAllTextAsync(made, cancellation))!)] : []);
    }

    /// <summary>The files that speak of a type; a child may be written inside its parent, by the last part of its type alone.</summary>
    public string Where(string type)
    {
        var files = Files.Where(f => f.Value.Contains($"'{type}@", StringComparison.OrdinalIgnoreCase)).Select(f => f.Key).ToList();
        if (files.Count == 0 && type.Count(c => c == '/') > 1)
            return Where(type[..type.LastIndexOf('/')]);
        return files.Count == 0 ? Folder : string.Join(", ", files);
    }

    private static SortedDictionary<string, string> Copy(string from, string to)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            File.Copy(file, Path.Combine(to, name));
            if (Path.GetExtension(file) is ".bicep" or ".bicepparam")
                files.Add(name, File.ReadAllText(file));
        }
        return files;
    }

    // Without the copy's place and the link behind the rule's name.
    private static List<string> Lines(BicepRun run, string copy)
    {
        var lines = run.Said.Split('\n').Select(l => Link().Replace(l.Replace(copy, Folder, StringComparison.Ordinal).TrimEnd(), "")).Where(l => Diagnostic().IsMatch(l)).ToList();
        if (run.ExitCode != 0 && lines.Count == 0)
            lines.Add($"bicep ended with {run.ExitCode}: {run.Said.Trim()}");
        return lines;
    }

    private static IEnumerable<PlannedResource> Resources(string environment, JsonNode snapshot) =>
        snapshot["predictedResources"]!.AsArray().Select(r => new PlannedResource(environment, r!["type"]!.ToString(), r["id"]?.ToString() ?? "", r.AsObject()));

    [GeneratedRegex(@" : (Warning|Error) ")]
    private static partial Regex Diagnostic();

    [GeneratedRegex(@" \[https://[^\]]*\]$")]
    private static partial Regex Link();
}
