namespace Navi.LoadTests.Scenarios;

/// <summary>
/// What one user does. Both schedules are Poisson processes: a user does not wait for NAVI before the next moment comes, as many independent people do not.
/// </summary>
internal static class UserMix
{
    /// <summary>Mean time between two looks of a user: at the list of tasks, at a task, at what waits for a decision.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(4);

    /// <summary>Mean time between two tasks of a user.</summary>
    public static readonly TimeSpan Task = TimeSpan.FromMinutes(1);

    /// <summary>Mean time that a user thinks before the diff is read, and again before it is approved.</summary>
    public static readonly TimeSpan Think = TimeSpan.FromSeconds(2);

    /// <summary>The longest thought, as a multiple of its mean: a run must end.</summary>
    public const double LongestThought = 3;

    /// <summary>Share of the looks that list tasks.</summary>
    public const double Lists = 0.4;

    /// <summary>Share of the looks that read one task; the others list pending checkpoints.</summary>
    public const double Reads = 0.4;

    /// <summary>The mix in words.</summary>
    public static readonly string Described =
        $"A user looks at something every {Look.TotalSeconds:0} s on average ({Lists:P0} `GET /v1/tasks`, {Reads:P0} `GET /v1/tasks/{{id}}` of a task of the last ones, {1 - Lists - Reads:P0} `GET /v1/checkpoints?status=pending`) "
        + $"and hands over a task every {Task.TotalSeconds:0} s on average. Of each task the user follows the events, thinks {Think.TotalSeconds:0} s on average when the review opens, reads checkpoint and diff, "
        + $"thinks as long again, approves, follows to the end and reads the task. All intervals are exponential (thoughts at most {LongestThought:0} times their mean), from fixed seeds. "
        + "Every user has a token of their own in one organisation.";
}
