namespace Navi.Cli.GoLive;

/// <summary>Something could not be looked at, or is not as it must be; the message says what was seen.</summary>
internal sealed class GoLiveFailure(string message) : Exception(message);
