namespace Navi.Cli.GoLive.Release;

/// <summary>An alert or a recording, as its file states it or as Prometheus has loaded it.</summary>
/// <param name="Name">Of the alert, or of the metric that is recorded.</param>
/// <param name="IsAlert">An alert; else a recording.</param>
/// <param name="Expression">PromQL.</param>
/// <param name="For">How long the expression must hold before the alert fires.</param>
/// <param name="Labels">What the rule itself puts on what it yields.</param>
internal sealed record ReleaseRule(string Name, bool IsAlert, string Expression, TimeSpan For, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>page or ticket; null for a recording.</summary>
    public string? Severity => Labels.GetValueOrDefault("severity");

    /// <summary>What tells rules of one name apart, for people.</summary>
    public string Title => Labels.Count == 0 ? Name : $"{Name} ({string.Join(", ", Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Value))})";
}
