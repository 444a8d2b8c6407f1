using Navi.Platform.Json;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>A group of errors as it is stored; <see cref="ErrorStore"/> documents what its states mean.</summary>
public sealed class ErrorRow
{
    /// <summary>Id, v7.</summary>
    public Guid Id { get; init; }

    /// <summary>Type, component, operation and way through the code, as a SHA-256.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Kind, such as an exception's type.</summary>
    public string ErrorType { get; init; } = "";

    /// <summary>The cause's own code; null without one.</summary>
    public string? Code { get; init; }

    /// <summary>One of <see cref="ErrorSeverity"/>.</summary>
    public string Severity { get; init; } = "";

    /// <summary>The last occurrence's words.</summary>
    public string Message { get; init; } = "";

    /// <summary>Redacted; null without one.</summary>
    public string? Stack { get; init; }

    /// <summary>Part of NAVI.</summary>
    public string Component { get; init; } = "";

    /// <summary>What it was doing.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Local, Staging or Production.</summary>
    public string Environment { get; init; } = "";

    /// <summary>NAVI's version at the last occurrence.</summary>
    public string Version { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime FirstSeen { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastSeen { get; init; }

    /// <summary>How often, since it was first seen.</summary>
    public long Occurrences { get; init; }

    /// <summary>Whoever resolved it held it for mended, and it has not come since.</summary>
    public bool Resolved { get; init; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? ResolvedAt { get; init; }

    /// <summary>Who resolved it; null while it is open.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>UTC; null when it was never opened again.</summary>
    public DateTime? ReopenedAt { get; init; }

    /// <summary>Who opened it again; null when it came again by itself.</summary>
    public string? ReopenedBy { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int Reopenings { get; init; }

    /// <summary>What people wrote about it; null for nothing.</summary>
    public string? Notes { get; init; }

    /// <summary>The last occurrences as JSON.</summary>
    internal string Samples { get; init; } = "[]";

    /// <summary>The last occurrences, newest first.</summary>
    public IReadOnlyList<ErrorSample> ReadSamples() => NaviJson.Read<List<ErrorSample>>(Samples);
}
