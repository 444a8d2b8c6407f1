namespace Navi.Functions.Identity;

/// <summary>Answer of POST /v1/signin-links.</summary>
internal sealed record SigninLinkView(string Url, string User, DateTime ExpiresAt);
