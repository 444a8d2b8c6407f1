namespace Navi.DeploymentChecks;

/// <summary>The checks of one kind of files.</summary>
/// <param name="Title">What was looked at.</param>
/// <param name="Figures">What there was of it, such as <c>16 files, 93 resources, 0 warnings</c>.</param>
/// <param name="Checks">Every check that was made.</param>
internal sealed record CheckSection(string Title, string Figures, IReadOnlyList<Check> Checks)
{
    public int Held => Checks.Count(c => c.Holds);
}
