namespace Navi.Platform.Security.Identity;

/// <summary>Nobody can tell whether a token is good, because its issuer does not answer.</summary>
public sealed class IdentityUnavailableException(string message, Exception inner) : Exception(message, inner);
