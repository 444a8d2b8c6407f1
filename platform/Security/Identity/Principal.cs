namespace Navi.Platform.Security.Identity;

/// <summary>An authenticated caller.</summary>
/// <param name="User">Who, unique within the organisation.</param>
/// <param name="Organisation">Whose rows the caller may see.</param>
/// <param name="Roles">What the caller may do there, implied roles included.</param>
/// <param name="Kind">How the caller is known: <c>local</c>, <c>static</c>, <c>person</c> or <c>client</c>.</param>
/// <param name="Issuer">Issuer of the token; null for a configured one.</param>
/// <param name="ExpiresAt">End of the token; null for one without.</param>
/// <param name="Name">A name for people.</param>
public sealed record Principal(
    string User, string Organisation, IReadOnlySet<string> Roles, string Kind = Principal.Static, string? Issuer = null, DateTimeOffset? ExpiresAt = null, string? Name = null)
{
    /// <summary>The person at this machine.</summary>
    public const string Local = "local";

    /// <summary>A token in the configuration.</summary>
    public const string Static = "static";

    /// <summary>Somebody who signed in.</summary>
    public const string Person = "person";

    /// <summary>A program with credentials of its own.</summary>
    public const string Client = "client";
}
