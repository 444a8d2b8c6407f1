namespace Navi.Agent.Tools.Editing;

/// <summary>The part of a patch for one file.</summary>
/// <param name="OldPath">Null when the file is created.</param>
/// <param name="NewPath">Null when the file is deleted.</param>
/// <param name="Hunks">Empty for a pure rename, an empty file, or a deletion that does not show what it deletes.</param>
internal sealed record FilePatch(string? OldPath, string? NewPath, IReadOnlyList<PatchHunk> Hunks)
{
    /// <summary>Texts to be replaced, of formats that have those instead of hunks.</summary>
    public IReadOnlyList<EditRequest> Blocks { get; init; } = [];

    /// <summary>Whether the file is to be executable; null leaves that as it is.</summary>
    public bool? Executable { get; init; }

    public string Path => NewPath ?? OldPath!;

    public string Summary => (OldPath, NewPath) switch
    {
        (null, var path) => $"created {path}",
        (var path, null) => $"deleted {path}",
        var (from, to) when from != to => $"moved {from} to {to}",
        _ => $"changed {NewPath} ({Count(Hunks.Count, "hunk")}{Count(Blocks.Count, "block")}{(Hunks.Count + Blocks.Count == 0 ? "mode" : "")})",
    };

    private static string Count(int count, string what) => count == 0 ? "" : $"{count} {what}{(count == 1 ? "" : "s")}";
}
