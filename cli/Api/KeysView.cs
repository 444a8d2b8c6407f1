namespace Navi.Cli.Api;

/// <summary>NAVI's keys as the API gives them.</summary>
internal sealed record KeysView
{
    public IReadOnlyList<WrappingKeyView> Wrapping { get; init; } = [];
    public IReadOnlyList<EnvelopeCountView> Unreadable { get; init; } = [];
    public IReadOnlyList<SigningKeyView> Signing { get; init; } = [];
}
