namespace Navi.Cli.Smoke;

/// <summary>Which version must run.</summary>
/// <param name="Version">As NAVI tells it, such as <c>0.1.0+8effd53…</c>, or only the commit behind the sign.</param>
/// <param name="Alone">Whether no other version may run beside it.</param>
internal sealed record ExpectedVersion(string Version, bool Alone)
{
    /// <summary>Whether these are the versions that must run.</summary>
    public bool Holds(IReadOnlyList<string> versions) => Runs(versions) && (!Alone || versions.All(Is));

    /// <summary>Whether it is among these, so that others may yet leave it alone.</summary>
    public bool Runs(IReadOnlyList<string> versions) => versions.Any(Is);

    private bool Is(string version) => version == Version || version.Split('+', 2) is [_, var commit] && commit == Version;
}
