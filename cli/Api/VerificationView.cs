namespace Navi.Cli.Api;

/// <summary>What verification found: passed, failed, nothing_to_verify or could_not_run.</summary>
internal sealed record VerificationView
{
    public string Outcome { get; init; } = "";
    public IReadOnlyList<CheckView>? Checks { get; init; }
}
