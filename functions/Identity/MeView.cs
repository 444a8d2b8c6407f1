namespace Navi.Functions.Identity;

/// <summary>Answer of GET /v1/me. Roles include those that others imply.</summary>
internal sealed record MeView(
    string User, string Organisation, IReadOnlyList<string> Roles, string? Name, string Kind, string? Issuer, DateTimeOffset? ExpiresAt, string Environment);
