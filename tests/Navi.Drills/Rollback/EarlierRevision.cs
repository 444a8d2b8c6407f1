namespace Navi.Drills.Rollback;

/// <summary>A revision that one might go back to.</summary>
/// <param name="Commit">Its whole name.</param>
/// <param name="Migrations">Numbers of its migrations.</param>
/// <param name="Newer">Numbers of those that came after it.</param>
/// <param name="KnowsTheRule">Whether it accepts a database with newer migrations that only expand.</param>
internal sealed record EarlierRevision(string Commit, IReadOnlyList<int> Migrations, IReadOnlyList<int> Newer, bool KnowsTheRule)
{
    public string Short => Commit[..Math.Min(9, Commit.Length)];
}
