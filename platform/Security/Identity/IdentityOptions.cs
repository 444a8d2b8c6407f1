using Navi.Platform.Security.Identity.Issuers;

namespace Navi.Platform.Security.Identity;

/// <summary>Who may call. Configuration section <c>Navi:Identity</c>. Without any token the process does not start.</summary>
public sealed class IdentityOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Identity";

    /// <summary>Shortest token accepted: 32 characters.</summary>
    public const int ShortestToken = 32;

    /// <summary>The token of the person at this machine: every role in the organisation <c>local</c>. Only in the Local environment.</summary>
    public string? LocalToken { get; set; }

    /// <summary>The user that <see cref="LocalToken"/> stands for. Default <c>local</c>.</summary>
    public string LocalUser { get; set; } = "local";

    /// <summary>Tokens of other callers, by digest.</summary>
    public List<TokenEntry> Tokens { get; set; } = [];

    /// <summary>OpenID Connect issuers whose access tokens are accepted.</summary>
    public List<IssuerEntry> Issuers { get; set; } = [];
}
