using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Users;

/// <summary>A person as the API shows one.</summary>
internal sealed record UserView(string Id, string? Name, IReadOnlyList<string> Roles, string RolesFrom, DateTime CreatedAt, DateTime? DisabledAt, DateTime? SignedInAt)
{
    public static UserView Of(UserRow row) => new(row.Id, row.Name, row.Roles, row.RolesFrom, row.CreatedAt, row.DisabledAt, row.SignedInAt);
}
