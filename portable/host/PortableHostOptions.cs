using System.Reflection;
using Npgsql;

namespace Navi.Portable.Host;

/// <summary>How one process serves functions without the Functions host.</summary>
public sealed record PortableHostOptions
{
    /// <summary>Where to listen, as ASP.NET Core writes it; port 0 takes a free one. Default <c>http://127.0.0.1:7071</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:7071";

    /// <summary>
    /// PostgreSQL of the durable runtime and the timers, on the server's own port (no transaction pooler).
    /// Null serves HTTP functions only; a durable or timer function then stops the start.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>What is done to the data sources that are built from <see cref="ConnectionString"/>, such as how their connections prove who they are. Null for nothing.</summary>
    public Action<NpgsqlDataSourceBuilder>? ConfigureDataSource { get; init; }

    /// <summary>The certificate of https addresses, with its private key and the certificates above it. Null where all addresses are http.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>The assemblies whose [Function] methods are served.</summary>
    public required IReadOnlyList<Assembly> Assemblies { get; init; }

    /// <summary>When given, only functions of these types are served; tests choose theirs by it. Null for all.</summary>
    public Func<Type, bool>? TypeFilter { get; init; }

    /// <summary>False serves HTTP and a durable client only: no orchestrator, activity or timer runs here. Default true.</summary>
    public bool RunWorkers { get; init; } = true;

    /// <summary>The text of host.json. Null reads host.json beside the program; without one the Functions host's defaults hold (route prefix <c>api</c>).</summary>
    public string? HostJson { get; init; }

    /// <summary>How long a stopping host waits for running requests, and then for durable work, before it interrupts them. Default 15 s each.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long ended orchestrations are kept; then the workers remove them. At least 1 min; null for ever.</summary>
    public TimeSpan? DurableRetention { get; init; }

    /// <summary>Largest request body in bytes that is read at all. Default 4 MiB: an endpoint's own smaller limit can answer with a problem.</summary>
    public long MaxRequestBodyBytes { get; init; } = 4 * 1024 * 1024;
}
