namespace Navi.Platform.Data;

/// <summary>Whose rows a transaction may see.</summary>
/// <param name="Organisation">The organisation; null for the system, which sees all.</param>
public readonly record struct Scope(string? Organisation)
{
    /// <summary>The runtime and the reconciler: every organisation's rows.</summary>
    public static Scope System => new(null);

    /// <summary>One organisation's rows, enforced by row-level security.</summary>
    public static Scope Of(string organisation) =>
        string.IsNullOrWhiteSpace(organisation) ? throw new ArgumentException("An organisation is needed.", nameof(organisation)) : new(organisation);
}
