namespace Navi.Agent.Context.Loops;

/// <summary>What repeats after a turn.</summary>
/// <param name="Level">How far it has gone.</param>
/// <param name="Times">How often it was seen.</param>
/// <param name="What">What repeats, one line.</param>
/// <param name="Failed">Approaches that have failed so far, the newest last.</param>
internal sealed record LoopFinding(LoopLevel Level, int Times, string What, IReadOnlyList<string> Failed)
{
    /// <summary>What the model is told; null when nothing is to be told.</summary>
    public string? Words() => Level switch
    {
        LoopLevel.Warn => $"[NAVI] This has happened {Times} times now: {What} Doing it again will give the same. Look at the cause first, or go another way.",
        LoopLevel.Force or LoopLevel.Stop =>
            $"""
            [NAVI] This has happened {Times} times: {What} You must take another approach now; after {LoopDetector.StopAt} times the task is ended. What has failed so far:
            {(Failed.Count > 0 ? string.Join('\n', Failed.Select(f => "- " + f)) : "- " + What)}
            If no other approach is left, ask a person with ask_person, or call finish_task with status failed.
            """,
        _ => null,
    };
}
