namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Label values of a series, compared by value; at most three, as in the catalogue.</summary>
internal readonly record struct SeriesKey(string? First, string? Second, string? Third)
{
    /// <summary>The series of whatever a metric has no room for.</summary>
    public static SeriesKey Others { get; } = new("other", "other", "other");

    /// <summary>The first <paramref name="count"/> values.</summary>
    public string[] Values(int count) => [.. new[] { First, Second, Third }.Take(count).Select(v => v ?? "")];
}
