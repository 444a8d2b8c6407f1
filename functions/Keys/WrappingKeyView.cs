using Navi.Platform.Security.Encryption.Rewrapping;

namespace Navi.Functions.Keys;

/// <summary>A wrapping key as the API shows it. <paramref name="Unused"/>: nothing in the database needs it.</summary>
internal sealed record WrappingKeyView(string Id, bool Current, bool Reachable, string? Problem, bool Unused, long Envelopes, IReadOnlyList<EnvelopeCountView> Columns)
{
    public static WrappingKeyView Of(WrappingKeyStatus key) => new(key.Id, key.IsCurrent, key.Problem is null, key.Problem, key.IsUnused, key.Envelopes, [.. key.Columns.Select(EnvelopeCountView.Of)]);
}
