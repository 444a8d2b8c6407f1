namespace Navi.Platform.Security.Tokens;

/// <summary>What may be told of a token: everything but its value. Times are UTC.</summary>
public sealed class TokenRow
{
    /// <summary>Its name in the organisation.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was given first.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When its present value was given.</summary>
    public DateTime UpdatedAt { get; init; }

    /// <summary>The user who gave it.</summary>
    public string By { get; init; } = "";

    /// <summary>The name was not taken before.</summary>
    public bool IsNew { get; init; }
}
