namespace Navi.Cli.Api;

/// <summary>What the check of the agent's tools found.</summary>
internal sealed record ToolCheckView(DateTimeOffset At, int Registered, int Runnable, int Tested, IReadOnlyList<ToolProblemView> Problems)
{
    public bool Ok => Registered == Runnable && Runnable == Tested;
}
