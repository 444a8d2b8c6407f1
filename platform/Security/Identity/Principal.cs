namespace Navi.Platform.Security.Identity;

/// <summary>An authenticated caller.</summary>
/// <param name="User">Who, unique within the organisation.</param>
/// <param name="Organisation">Whose rows the caller may see.</param>
/// <param name="Roles">What the caller may do there.</param>
public sealed record Principal(string User, string Organisation, IReadOnlySet<string> Roles);
