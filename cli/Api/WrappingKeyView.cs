namespace Navi.Cli.Api;

/// <summary>A wrapping key as the API gives it.</summary>
internal sealed record WrappingKeyView
{
    public string Id { get; init; } = "";
    public bool Current { get; init; }
    public bool Reachable { get; init; }
    public string? Problem { get; init; }
    public bool Unused { get; init; }
    public long Envelopes { get; init; }
    public IReadOnlyList<EnvelopeCountView> Columns { get; init; } = [];
}
