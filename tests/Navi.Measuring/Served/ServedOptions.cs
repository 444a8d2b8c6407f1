namespace Navi.Measuring.Served;

/// <summary>The NAVI that a benchmark starts.</summary>
/// <param name="ConnectionString">Its database.</param>
/// <param name="Home">Directory of its files.</param>
internal sealed record ServedOptions(string ConnectionString, string Home)
{
    /// <summary>It runs orchestrations, activities and timers, too. Default false: the API alone.</summary>
    public bool Workers { get; init; }

    /// <summary>Further settings by their names as environment variables, such as <c>Navi__Models__Entries__0__Name</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Every n-th call of each HTTP function fails on purpose; 0, the default, for none. It shows that a benchmark counts failures.</summary>
    public int FailEvery { get; init; }
}
