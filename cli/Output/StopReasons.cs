namespace Navi.Cli.Output;

/// <summary>What each stop reason means, in a sentence, and what to do next.</summary>
internal static class StopReasons
{
    public static string Explain(string stopReason) => stopReason switch
    {
        "completed" => "Completed: the work is done, its verification ran and passed.",
        "completed_unverified" => "Completed, but unverified: this repository has nothing that NAVI could run to check the work. Check it yourself before you use it.",
        "verification_failed" => "Verification failed: the work was done, but the checks did not pass. Nothing was published.",
        "iteration_limit" => "Stopped at the iteration limit: the agent did not finish within its number of turns. Nothing was published; a smaller task may succeed.",
        "time_limit" => "Stopped at the time limit. Nothing was published; a smaller task may succeed.",
        "budget_exhausted" => "Stopped: the budget is used up. Nothing was published.",
        "rejected" => "Rejected: a person said no at a checkpoint. Nothing was published.",
        "expired" => "Expired: nobody decided at a checkpoint in time, which counts as no. Nothing was published.",
        "refused" => "Refused: the configured provider does not know how to do this. Nothing was changed.",
        "cancelled" => "Cancelled. Nothing was published.",
        "failed" => "Failed: NAVI could not do the work. Nothing was published.",
        "loop_detected" => "Stopped: the agent ran into the same error again and again. Nothing was published.",
        _ => $"Ended: {stopReason}.",
    };

    public static Tone ToneOf(string? stopReason) => stopReason switch
    {
        "completed" => Tone.Good,
        "completed_unverified" or "rejected" or "expired" or "cancelled" => Tone.Warning,
        _ => Tone.Bad,
    };
}
