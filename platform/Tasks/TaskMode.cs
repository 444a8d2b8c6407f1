namespace Navi.Platform.Tasks;

/// <summary>What a task asks of the models that serve it; a closed set, checked by the database too.</summary>
public static class TaskMode
{
    /// <summary>Any configured model, in the order of the configuration.</summary>
    public const string Auto = "auto";

    /// <summary>Models that are marked as quick.</summary>
    public const string Fast = "fast";

    /// <summary>Models that are marked as thorough.</summary>
    public const string Deep = "deep";

    /// <summary>Only models that are marked as private; no byte of the task goes to another one, and without one the task is refused.</summary>
    public const string Private = "private";

    /// <summary>All modes.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, Fast, Deep, Private];
}
