namespace Navi.Agent.Workspace;

/// <summary>A changed file with both sides; a missing side is null.</summary>
internal sealed record FileChange(string Path, TreeFile? Before, TreeFile? After, string? OldPath)
{
    public ChangedFile Summary => new(Path, this switch
    {
        { OldPath: not null } => "renamed",
        { Before: null } => "added",
        { After: null } => "deleted",
        _ when Before.Id == After.Id => "mode",
        _ => "modified",
    }, OldPath);
}
