namespace Navi.Cli.SignIn;

/// <summary>A successful token answer (RFC 6749 section 5.1).</summary>
internal sealed record TokenAnswer
{
    public string AccessToken { get; init; } = "";
    public string? RefreshToken { get; init; }
    public int ExpiresIn { get; init; } = 300;

    public StoredLogin ToLogin(string clientId, string? oldRefresh = null) =>
        new(AccessToken, RefreshToken ?? oldRefresh, TimeProvider.System.GetUtcNow().AddSeconds(ExpiresIn), clientId);

    public override string ToString() => "token answer";
}
