namespace Navi.Platform.Data;

/// <summary>What bringing a database to this build's schema did.</summary>
/// <param name="Applied">What was applied now, in order.</param>
/// <param name="Ahead">What a newer build has applied and this one does not know; each only expands the schema.</param>
public sealed record MigrationOutcome(IReadOnlyList<Migration> Applied, IReadOnlyList<AppliedMigration> Ahead);
