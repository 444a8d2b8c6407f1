using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Security.Issuer;

/// <summary>NAVI's own OAuth issuer. Configuration section <c>Navi:Issuer</c>.</summary>
public sealed class IssuerOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Issuer";

    /// <summary>
    /// Where callers reach NAVI, such as <c>https://navi.example.com</c>; it is also the issuer's name in its tokens. Without it there is no issuer, but in the
    /// Local environment, where it is the loopback address that was asked.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long an access token holds. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Navi:Issuer:AccessTokenLifetime must be from 00:01:00 to 1.00:00:00.")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a refresh token holds, and so how long a sign-in lasts that is not used. Default 14 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00", ErrorMessage = "Navi:Issuer:RefreshTokenLifetime must be from 00:05:00 to 90.00:00:00.")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a sign-in lasts at most, however often it is renewed; then the person proves anew who they are. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "Navi:Issuer:LongestSignIn must be from 01:00:00 to 365.00:00:00.")]
    public TimeSpan LongestSignIn { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a device waits for a person. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "Navi:Issuer:DeviceCodeLifetime must be from 00:00:01 to 00:30:00.")]
    public TimeSpan DeviceCodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Seconds a device waits between two questions; one that asks sooner must wait 5 more from then on (RFC 8628, 3.5). Default 5.</summary>
    [Range(1, 60, ErrorMessage = "Navi:Issuer:PollSeconds must be from 1 to 60.")]
    public int PollSeconds { get; set; } = 5;

    /// <summary>How long a browser stays signed in. Default 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Navi:Issuer:SessionLifetime must be from 00:01:00 to 7.00:00:00.")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long a sign-in link, or a sign-in at an issuer outside, may take. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Navi:Issuer:LinkLifetime must be from 00:00:01 to 01:00:00.")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(5);
}
