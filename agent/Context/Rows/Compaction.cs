namespace Navi.Agent.Context.Rows;

/// <summary>The summary in force.</summary>
internal sealed class Compaction
{
    public int Number { get; init; }

    public int AtTurn { get; init; }

    /// <summary>Last turn that it stands for.</summary>
    public int ToTurn { get; init; }

    public string Summary { get; init; } = "";
}
