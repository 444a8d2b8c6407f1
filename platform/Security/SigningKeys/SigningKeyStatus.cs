namespace Navi.Platform.Security.SigningKeys;

/// <summary>A key of NAVI's own tokens, as an operator sees it. Times are UTC.</summary>
public sealed class SigningKeyStatus
{
    /// <summary>Its kid.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>sign</c> or <c>encrypt</c>.</summary>
    public string Use { get; init; } = "";

    /// <summary><c>next</c>: published, not used yet; <c>current</c>: in use; <c>retired</c>: what it made is still good.</summary>
    public string State { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it takes over, or took over.</summary>
    public DateTime ActiveFrom { get; init; }

    /// <summary>When the next one takes over; null while none is made.</summary>
    public DateTime? RetiredAt { get; init; }

    /// <summary>When it is deleted; null while no next one is made.</summary>
    public DateTime? ExpiresAt { get; init; }
}
