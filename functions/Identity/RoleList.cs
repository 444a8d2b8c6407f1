using Microsoft.AspNetCore.Http;
using Navi.Functions.Http;
using Navi.Platform.Security.Identity;

namespace Navi.Functions.Identity;

/// <summary>Checks lists of roles that callers send.</summary>
internal static class RoleList
{
    /// <summary>What is wrong with a list; null for one that may be given.</summary>
    public static IResult? Invalid(IReadOnlyList<string>? roles, int atLeast)
    {
        var hint = $"{(atLeast > 0 ? "One or more" : "Any")} of {string.Join(", ", Role.All)}.";
        if (roles is null || roles.Count < atLeast)
            return Problem.Invalid("roles", "No roles were given.", hint);
        return roles.FirstOrDefault(r => !Role.All.Contains(r)) is { } unknown
            ? Problem.Invalid("roles", $"'{Problem.Shown(unknown)}' is no role.", hint)
            : roles.Any(r => r is null) ? Problem.Invalid("roles", "A role is null.", hint) : null;
    }
}
