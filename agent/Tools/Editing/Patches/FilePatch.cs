namespace Navi.Agent.Tools.Files;

/// <summary>The part of a patch for one file.</summary>
/// <param name="OldPath">Null when the file is created.</param>
/// <param name="NewPath">Null when the file is deleted.</param>
/// <param name="Hunks">Empty for a pure rename.</param>
internal sealed record FilePatch(string? OldPath, string? NewPath, IReadOnlyList<PatchHunk> Hunks)
{
    public string Summary => (OldPath, NewPath) switch
    {
        (null, var path) => $"created {path}",
        (var path, null) => $"deleted {path}",
        var (from, to) when from != to => $"moved {from} to {to}",
        _ => $"changed {NewPath} ({Hunks.Count} hunk{(Hunks.Count == 1 ? "" : "s")})",
    };
}
