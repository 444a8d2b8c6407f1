using Navi.Platform.Security.Encryption.Rewrapping;

namespace Navi.Functions.Keys;

/// <summary>How many values of a column.</summary>
internal sealed record EnvelopeCountView(string Table, string Column, long Envelopes)
{
    public static EnvelopeCountView Of(EnvelopeCount count) => new(count.Table, count.Column, count.Envelopes);
}
