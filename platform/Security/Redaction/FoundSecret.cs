namespace Navi.Platform.Security.Redaction;

/// <summary>What looks like a secret in a text.</summary>
/// <param name="Kind">Which shape it has, in words.</param>
/// <param name="Start">Offset of the secret itself, without its name.</param>
/// <param name="Length">Characters.</param>
public sealed record FoundSecret(string Kind, int Start, int Length);
