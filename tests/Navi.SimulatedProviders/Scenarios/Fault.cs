namespace Navi.SimulatedProviders.Scenarios;

/// <summary>A failure, and which requests it happens to. With neither <see cref="Call"/> nor <see cref="Turn"/> nor <see cref="Probability"/> it happens to all.</summary>
public sealed record Fault
{
    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Only the server's n-th model call, from 1.</summary>
    public int? Call { get; init; }

    /// <summary>Only conversations with so many answers in them.</summary>
    public int? Turn { get; init; }

    /// <summary>Only the first so many attempts of one conversation at one turn. Default 1 with <see cref="Turn"/>, else no limit.</summary>
    public int? Times { get; init; }

    /// <summary>Only this share of the requests, from 0 to 1; which ones follows from the seed.</summary>
    public double? Probability { get; init; }

    /// <summary>Retry-After in seconds of <see cref="FaultKind.RateLimited"/> and <see cref="FaultKind.Unavailable"/>. Default none.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Retry-After as a date instead of seconds. Default false.</summary>
    public bool RetryAfterDate { get; init; }

    /// <summary>Bytes of the answer before <see cref="FaultKind.Cut"/> or <see cref="FaultKind.HangMiddle"/>. Default half of it.</summary>
    public int? AfterBytes { get; init; }

    /// <summary><see cref="FaultKind.Cut"/> closes the connection in order instead of breaking it. Default false.</summary>
    public bool Orderly { get; init; }

    /// <summary>Where <see cref="FaultKind.Redirect"/> points.</summary>
    public string? Location { get; init; }
}
