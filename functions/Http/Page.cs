namespace Navi.Functions.Http;

/// <summary>A part of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="Next">Value of <c>cursor</c> for the following part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null)
{
    /// <summary>The part that begins with <paramref name="rows"/>, of which one more than fits was read where there is more.</summary>
    /// <param name="rows">At most one more than <paramref name="limit"/>.</param>
    /// <param name="limit">Most objects of a part.</param>
    /// <param name="view">A row as it is shown.</param>
    /// <param name="cursor">The cursor of what follows a row.</param>
    public static Page<T> Of<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> view, Func<TRow, string> cursor) =>
        new([.. rows.Take(limit).Select(view)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
