namespace Navi.Cli.GoLive;

/// <summary>Something could not be looked at, or is not as it must be; the message says what was seen.</summary>
internal sealed class GoLiveFailure(string message) : Exception(message)
{
    /// <summary>The HTTP status, where an answer was an error.</summary>
    public int? Status { get; init; }

    /// <summary>What the answer's body gave as the reason; null when it gave none.</summary>
    public string? Said { get; init; }
}
