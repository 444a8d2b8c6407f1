namespace Navi.Cli.Api;

/// <summary>What stands beside the task in the answer for one task.</summary>
internal sealed record TaskParts
{
    public IReadOnlyList<CallView>? Calls { get; init; }
    public IReadOnlyList<CheckpointView>? Checkpoints { get; init; }
}
