namespace Navi.Agent.Models.Routing;

/// <summary>Why an attempt failed; what follows from it stands in <see cref="ModelFailures"/>.</summary>
public enum ModelFailureKind
{
    /// <summary>429: too many calls or tokens.</summary>
    RateLimited,

    /// <summary>5xx, 408 or 409: the provider has a fault or is overloaded.</summary>
    ServerError,

    /// <summary>No connection, or it broke before the answer began.</summary>
    Connection,

    /// <summary>The answer did not begin in time.</summary>
    FirstTokenTimeout,

    /// <summary>The answer stopped in the middle.</summary>
    IdleTimeout,

    /// <summary>The whole answer took too long.</summary>
    CallTimeout,

    /// <summary>The answer ended without saying that it was finished.</summary>
    CutStream,

    /// <summary>The answer is not of the provider's protocol.</summary>
    Malformed,

    /// <summary>401 or 403: the key or identity is refused.</summary>
    Unauthorized,

    /// <summary>402: the account has no credit.</summary>
    PaymentRequired,

    /// <summary>404: no such model or deployment.</summary>
    NotFound,

    /// <summary>400, 413 or 422: the provider does not accept this request.</summary>
    InvalidRequest,

    /// <summary>The conversation is longer than the model can read.</summary>
    ContextTooLong,

    /// <summary>The provider's content filter refused the conversation or the answer.</summary>
    ContentFilter,

    /// <summary>The provider answered with a redirect, which is never followed.</summary>
    Redirected,

    /// <summary>The call would have gone to an address that this call may not reach. Nothing was sent.</summary>
    BoundaryRefused,

    /// <summary>The model failed so often that it is left alone for a while. Nothing was sent.</summary>
    CircuitOpen,

    /// <summary>No configured model serves the task's provider and mode.</summary>
    NoModel,
}
