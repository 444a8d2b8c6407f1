using System.Text.Json;

namespace Navi.DeploymentChecks.Images;

/// <summary>A Dockerfile: instructions with continued lines joined, and comments by what they stand above. Heredocs and parser directives are not read: NAVI's have none.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Instructions">In order.</param>
internal sealed record Dockerfile(string Name, IReadOnlyList<Instruction> Instructions)
{
    public int LastStage => Instructions.Count == 0 ? -1 : Instructions[^1].Stage;

    public static Dockerfile Read(string file)
    {
        var (found, comment, text, start, stage) = (new List<Instruction>(), (string?)null, "", 0, -1);
        var lines = File.ReadAllLines(file);
        for (var n = 0; n < lines.Length; n++)
        {
            var line = lines[n].Trim();
            if (line.StartsWith('#') || line.Length == 0)
            {
                comment = text.Length > 0 ? comment : line.Length == 0 ? null : line[1..].Trim();
                continue;
            }
            start = text.Length == 0 ? n + 1 : start;
            text += line.TrimEnd('\\').TrimEnd() + " ";
            if (line.EndsWith('\\'))
                continue;
            var name = text.Split(' ', 2)[0].ToUpperInvariant();
            stage += name == "FROM" ? 1 : 0;
            found.Add(new Instruction(start, name, text[name.Length..].Trim(), comment, stage));
            (text, comment) = ("", null);
        }
        return new Dockerfile(Path.GetFileName(file), found);
    }

    /// <summary>Instructions of one kind.</summary>
    public IEnumerable<Instruction> Of(string name) => Instructions.Where(i => i.Name == name);

    /// <summary>The last instruction of a kind in the stage that becomes the image; null when there is none.</summary>
    public Instruction? Final(string name) => Instructions.LastOrDefault(i => i.Name == name && i.Stage == LastStage);

    /// <summary>A command in its JSON form; empty when it is missing or has the form that needs a shell.</summary>
    public static IReadOnlyList<string> Command(string? text)
    {
        try
        {
            return text is null ? [] : JsonSerializer.Deserialize<string[]>(text[text.IndexOf('[', StringComparison.Ordinal)..])!;
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return [];
        }
    }
}
