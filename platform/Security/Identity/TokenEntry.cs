namespace Navi.Platform.Security.Identity;

/// <summary>One bearer token that is accepted; the token itself is not stored.</summary>
public sealed class TokenEntry
{
    /// <summary>SHA-256 of the token's UTF-8 bytes, 64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>The user it stands for.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's organisation.</summary>
    public string Organisation { get; set; } = "";

    /// <summary>Roles: viewer, caller, approver, operator, auditor, admin.</summary>
    public List<string> Roles { get; set; } = [];
}
