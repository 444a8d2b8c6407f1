namespace Navi.Agent.Models.Calls;

/// <summary>What a model call is for; a closed set, checked by the database too.</summary>
public static class ModelPhase
{
    /// <summary>The next step of a task.</summary>
    public const string Turn = "turn";

    /// <summary>A summary that replaces the beginning of a long conversation.</summary>
    public const string Compaction = "compaction";

    /// <summary>A second question because the answer could not be used.</summary>
    public const string Repair = "repair";

    /// <summary>An operator's test of a model; it belongs to no task.</summary>
    public const string Test = "test";
}
