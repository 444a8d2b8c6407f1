namespace Navi.Orchestrations.AgentTasks;

/// <summary>Reasons that the orchestration itself gives; the others come from its activities.</summary>
internal static class StopReasons
{
    public const string IterationLimit = "iteration_limit";
    public const string VerificationFailed = "verification_failed";
    public const string Rejected = "rejected";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";

    /// <summary>The reason that a gate's settlement gives to the task; null when the task may go on.</summary>
    public static string? OfGate(string status) => status switch
    {
        "approved" or "answered" => null,
        "rejected" => Rejected,
        "expired" => Expired,
        "cancelled" => Cancelled,
        _ => throw new InvalidOperationException($"A gate can't be left as '{status}'."),
    };
}
