using Navi.Cli.Api;

namespace Navi.Cli.Live;

/// <summary>How following a task ended: it finished, or it is parked at a checkpoint that nobody here answers.</summary>
internal sealed record FollowResult(TaskView Task, CheckpointView? Parked)
{
    public int ExitCode => Parked is not null ? ExitCodes.Parked : Task.StopReason == "completed" ? ExitCodes.Ok : ExitCodes.Ended;
}
