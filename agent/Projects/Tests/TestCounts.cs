namespace Navi.Agent.Projects;

/// <summary>What a runner's closing lines say.</summary>
internal sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    public int Ran => Passed + Failed;
}
