using System.Collections.Frozen;

namespace Navi.Platform.Security.Identity;

/// <summary>What a caller may do in its organisation.</summary>
public static class Role
{
    /// <summary>May look.</summary>
    public const string Viewer = "viewer";

    /// <summary>May ask for tasks and control them.</summary>
    public const string Caller = "caller";

    /// <summary>May decide at checkpoints.</summary>
    public const string Approver = "approver";

    /// <summary>May operate NAVI itself, such as trying its models.</summary>
    public const string Operator = "operator";

    /// <summary>May read what is kept for audits.</summary>
    public const string Auditor = "auditor";

    /// <summary>May say who may do what; has every role but approver, which nobody has by the way.</summary>
    public const string Admin = "admin";

    /// <summary>The organisation of rows that belong to the installation; nobody is of it.</summary>
    public const string Installation = "navi";

    /// <summary>Every role there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Caller, Approver, Operator, Auditor, Admin];

    /// <summary>The roles that somebody has who was given <paramref name="given"/>: every role may look, and an admin may do all but decide at checkpoints.</summary>
    public static IReadOnlySet<string> Implied(IEnumerable<string> given)
    {
        var roles = given.Where(All.Contains).ToHashSet();
        if (roles.Contains(Admin))
            roles.UnionWith([Caller, Operator, Auditor]);
        if (roles.Count > 0)
            roles.Add(Viewer);
        return roles.ToFrozenSet();
    }
}
