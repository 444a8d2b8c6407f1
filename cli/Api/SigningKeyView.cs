namespace Navi.Cli.Api;

/// <summary>A signing key as the API gives it.</summary>
internal sealed record SigningKeyView
{
    public string Id { get; init; } = "";
    public string Use { get; init; } = "";
    public string State { get; init; } = "";
    public DateTimeOffset ActiveFrom { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
}
