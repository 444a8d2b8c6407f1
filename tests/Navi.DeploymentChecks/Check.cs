namespace Navi.DeploymentChecks;

/// <summary>One statement about the deployment's files, and what contradicts it.</summary>
/// <param name="Name">The statement, such as <c>no resource is reachable from the public network</c>.</param>
/// <param name="Problems">Each names the file, the place in it, what is there and what would be right; empty when the statement holds.</param>
internal sealed record Check(string Name, IReadOnlyList<string> Problems)
{
    public bool Holds => Problems.Count == 0;
}
