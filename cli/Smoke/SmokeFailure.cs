namespace Navi.Cli.Smoke;

/// <summary>Something is not as it must be; the message says what was seen.</summary>
internal sealed class SmokeFailure(string message) : Exception(message);
