namespace Navi.Cli.Api;

/// <summary>How many values of a column a wrapping key protects.</summary>
internal sealed record EnvelopeCountView(string Table, string Column, long Envelopes);
