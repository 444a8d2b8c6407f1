namespace Navi.DeploymentChecks.Images;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Name">In capitals, such as <c>COPY</c>.</param>
/// <param name="Text">What follows the name, continued lines joined.</param>
/// <param name="Comment">The comment line right above, without its sign; null when there is none.</param>
/// <param name="Stage">Which stage it belongs to, from 0; -1 before the first FROM.</param>
internal sealed record Instruction(int Line, string Name, string Text, string? Comment, int Stage)
{
    /// <summary>What follows the name, without options such as <c>--from=build</c>.</summary>
    public IReadOnlyList<string> Words => [.. Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(w => w.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>The value of an option; null when it is not given.</summary>
    public string? Option(string name) => Text.Split(' ').TakeWhile(w => w.StartsWith("--", StringComparison.Ordinal)).Select(w => w[2..].Split('=', 2)).FirstOrDefault(p => p[0] == name)?[^1];
}
