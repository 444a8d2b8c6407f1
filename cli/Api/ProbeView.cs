namespace Navi.Cli.Api;

/// <summary>How a run of the synthetic probe ended.</summary>
internal sealed record ProbeView
{
    public bool Ok { get; init; }
    public string Outcome { get; init; } = "";
    public double Seconds { get; init; }
    public string? Task { get; init; }
    public string? Said { get; init; }
}
