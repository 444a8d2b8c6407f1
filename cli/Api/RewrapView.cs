namespace Navi.Cli.Api;

/// <summary>What wrapping anew has done, as the API gives it.</summary>
internal sealed record RewrapView
{
    public string KeyId { get; init; } = "";
    public long Rewrapped { get; init; }
    public long Overtaken { get; init; }
    public long Left { get; init; }
    public IReadOnlyList<string> Problems { get; init; } = [];
}
