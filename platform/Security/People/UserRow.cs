namespace Navi.Platform.Security.People;

/// <summary>A person who may sign in.</summary>
public sealed class UserRow
{
    /// <summary>The organisation.</summary>
    public string OrgId { get; init; } = "";

    /// <summary>Who, unique within the organisation.</summary>
    public string Id { get; init; } = "";

    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>The roles that were given; see <see cref="Identity.Role.Implied"/> for what follows from them.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>Who said which roles: <c>issuer</c>, <c>configuration</c> or <c>admin</c>.</summary>
    public string RolesFrom { get; init; } = "";

    /// <summary>First seen, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Since when this person may not sign in; null for one who may.</summary>
    public DateTime? DisabledAt { get; init; }

    /// <summary>Last sign-in, UTC.</summary>
    public DateTime? SignedInAt { get; init; }
}
