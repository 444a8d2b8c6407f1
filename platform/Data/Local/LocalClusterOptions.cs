namespace Navi.Platform.Data.Local;

/// <summary>Where the private PostgreSQL cluster lives and how it is tuned.</summary>
/// <param name="Home">NAVI's data directory; the cluster is its child <c>postgres</c>. Created when missing.</param>
public sealed record LocalClusterOptions(string Home)
{
    /// <summary>Name of the database made inside the cluster. Default <c>navi</c>.</summary>
    public string Database { get; init; } = "navi";

    /// <summary>Server's <c>max_connections</c>. Default 200: several NAVI processes share one cluster.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>When false the server does not wait for the disk on commit; only throw-away clusters of tests may say so. Default true.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How long the server may take to start. Default one minute: a crashed server replays its log first.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
