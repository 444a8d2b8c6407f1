namespace Navi.Cli.SignIn;

/// <summary>Answer to a device authorization request (RFC 8628 section 3.2); times in seconds.</summary>
internal sealed record DeviceGrant
{
    public string DeviceCode { get; init; } = "";
    public string UserCode { get; init; } = "";
    public string VerificationUri { get; init; } = "";
    public string? VerificationUriComplete { get; init; }
    public int ExpiresIn { get; init; } = 900;
    public int Interval { get; init; } = 5;
}
