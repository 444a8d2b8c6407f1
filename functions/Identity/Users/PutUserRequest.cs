using System.ComponentModel;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Identity.Users;

/// <summary>Body of PUT /v1/users/{user}.</summary>
/// <param name="Roles">What the user may do; empty for nothing.</param>
/// <param name="Disabled">The user may not sign in, and is signed out everywhere.</param>
internal sealed record PutUserRequest(
    [property: RequiredMember, Description("What the user may do: any of viewer, caller, approver, operator, auditor, admin.")] IReadOnlyList<string>? Roles,
    [property: Description("The user may not sign in, and is signed out everywhere.")] bool Disabled = false);
