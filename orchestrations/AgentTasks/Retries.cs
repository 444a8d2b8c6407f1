using Microsoft.DurableTask;

namespace Navi.Orchestrations.AgentTasks;

/// <summary>How often activities are tried. They fail only by the platform; what the model can act on is a result.</summary>
internal static class Retries
{
    /// <summary>About eight minutes of a missing database or disk.</summary>
    public static TaskOptions Work { get; } = Policy(20);

    /// <summary>Recording the end is tried for about a day: a task must not stay open because its end could not be written.</summary>
    public static TaskOptions Record { get; } = Policy(2900);

    private static TaskOptions Policy(int attempts) =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(30)));
}
