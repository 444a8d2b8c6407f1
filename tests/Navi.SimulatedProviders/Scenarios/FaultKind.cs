namespace Navi.SimulatedProviders.Scenarios;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>429.</summary>
    RateLimited,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>503; Anthropic's 529.</summary>
    Unavailable,

    /// <summary>The answer ends in the middle.</summary>
    Cut,

    /// <summary>A part of the answer is no JSON.</summary>
    BrokenJson,

    /// <summary>No answer ever begins.</summary>
    HangStart,

    /// <summary>The answer begins and stops, with the connection open.</summary>
    HangMiddle,

    /// <summary>400: the filter refuses the conversation.</summary>
    PromptFiltered,

    /// <summary>307 to another address.</summary>
    Redirect,
}
