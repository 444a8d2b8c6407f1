using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Navi.Agent.Projects;

/// <summary>Reads what manifests ask for, as it is written there.</summary>
internal static partial class DependencyReader
{
    /// <summary>Null when the file is not a known manifest or asks for nothing.</summary>
    public static DependencyFacts? Read(string path, Func<string?> content)
    {
        var name = Path.GetFileName(path);
        IEnumerable<string>? packages = name switch
        {
            "package.json" => PackageJson(content()),
            "requirements.txt" => Requirements(content()),
            "pyproject.toml" => PyProject(content()),
            "go.mod" => GoMod(content()),
            "Cargo.toml" => Cargo(content()),
            "pom.xml" => Maven(content()),
            "Directory.Packages.props" => MsBuild(content()),
            _ when Path.GetExtension(name) is ".csproj" or ".fsproj" or ".vbproj" => MsBuild(content()),
            _ => null,
        };
        var list = packages?.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return list is { Count: > 0 } ? new(path, list) : null;
    }

    private static List<string> PackageJson(string? text)
    {
        var packages = new List<string>();
        try
        {
            using var json = JsonDocument.Parse(text ?? "");
            foreach (var section in new[] { "dependencies", "devDependencies", "peerDependencies", "optionalDependencies" })
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(section, out var list) && list.ValueKind == JsonValueKind.Object)
                    packages.AddRange(list.EnumerateObject().Select(p => $"{p.Name} {p.Value}"));
        }
        catch (JsonException)
        {
            return [];
        }

        return packages;
    }

    private static IEnumerable<string> Requirements(string? text) =>
        (text ?? "").Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0 && l[0] != '-');

    private static IEnumerable<string> PyProject(string? text)
    {
        foreach (Match list in DependencyList().Matches(text ?? ""))
            foreach (Match item in QuotedItem().Matches(list.Groups[1].Value))
                yield return item.Groups[1].Value;
        foreach (var (name, version) in TomlTable(text, s => s is "tool.poetry.dependencies" || (s.StartsWith("tool.poetry.group.", StringComparison.Ordinal) && s.EndsWith(".dependencies", StringComparison.Ordinal))))
            yield return $"{name} {version}";
    }

    private static IEnumerable<string> Cargo(string? text) =>
        TomlTable(text, s => s is "dependencies" or "dev-dependencies" or "build-dependencies" or "workspace.dependencies").Select(p => $"{p.Name} {p.Value}");

    private static IEnumerable<string> GoMod(string? text)
    {
        var block = false;
        foreach (var raw in (text ?? "").Split('\n'))
        {
            var line = raw.Split("//")[0].Trim();
            if (line.StartsWith("require (", StringComparison.Ordinal))
                block = true;
            else if (block && line == ")")
                block = false;
            else if (block && line.Length > 0)
                yield return line;
            else if (line.StartsWith("require ", StringComparison.Ordinal))
                yield return line["require ".Length..].Trim();
        }
    }

    private static IEnumerable<string> Maven(string? text) => ManifestXml.Elements(text)
        .Where(e => e.Name.LocalName == "dependency")
        .Select(e => $"{Child(e, "groupId")}:{Child(e, "artifactId")} {Child(e, "version")}".Trim());

    private static IEnumerable<string> MsBuild(string? text) => ManifestXml.Elements(text)
        .Where(e => e.Name.LocalName is "PackageReference" or "PackageVersion")
        .Select(e => $"{e.Attribute("Include")?.Value} {e.Attribute("Version")?.Value ?? Child(e, "Version")}".Trim())
        .Where(p => p.Length > 0);

    private static IEnumerable<(string Name, string Value)> TomlTable(string? text, Func<string, bool> section)
    {
        var inside = false;
        foreach (var line in (text ?? "").Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('['))
                inside = section(line.Trim('[', ']', ' '));
            else if (inside && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && line[0] != '#')
                yield return (line[..equals].Trim().Trim('"'), line[(equals + 1)..].Trim().Trim('"'));
        }
    }

    private static string Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() ?? "";

    [GeneratedRegex(@"^\s*(?:dependencies|dev|test|tests)\s*=\s*\[([^\]]*(?:\[[^\]]*\][^\]]*)*)\]", RegexOptions.Multiline)]
    private static partial Regex DependencyList();

    [GeneratedRegex(@"""([^""\n]+)""|'([^'\n]+)'")]
    private static partial Regex QuotedItem();
}
