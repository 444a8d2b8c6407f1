using Navi.Platform.Security.Encryption.Rewrapping;

namespace Navi.Functions.Keys;

/// <summary>NAVI's keys as the API shows them.</summary>
internal sealed record KeysView(IReadOnlyList<WrappingKeyView> Wrapping, IReadOnlyList<EnvelopeCountView> Unreadable, IReadOnlyList<SigningKeyView> Signing)
{
    public static KeysView Of(KeyStatus status) =>
        new([.. status.Wrapping.Select(WrappingKeyView.Of)], [.. status.Unreadable.Select(EnvelopeCountView.Of)], [.. status.Signing.Select(SigningKeyView.Of)]);
}
