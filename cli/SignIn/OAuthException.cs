namespace Navi.Cli.SignIn;

/// <summary>The authorization server refused with an error code (RFC 6749 section 5.2).</summary>
internal sealed class OAuthException(string error, string? description) : Exception(description is null ? error : $"{error}: {description}")
{
    public string Error { get; } = error;
}
