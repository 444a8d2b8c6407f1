namespace Navi.Platform.Security.Identity;

/// <summary>What a caller may do in its organisation.</summary>
public static class Role
{
    /// <summary>May look.</summary>
    public const string Viewer = "viewer";

    /// <summary>May ask for tasks and cancel them.</summary>
    public const string Caller = "caller";

    /// <summary>May decide at checkpoints.</summary>
    public const string Approver = "approver";

    /// <summary>May operate NAVI itself, such as trying its models.</summary>
    public const string Operator = "operator";

    /// <summary>Every role there is.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Caller, Approver, Operator];
}
