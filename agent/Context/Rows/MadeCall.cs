using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Platform.Json;

namespace Navi.Agent.Context.Rows;

/// <summary>A call of the ledger, with its result where the turn needs it.</summary>
internal sealed class MadeCall
{
    private StoredResult? result;

    public int Turn { get; init; }

    public string CallId { get; init; } = "";

    public string Tool { get; init; } = "";

    public string Arguments { get; init; } = "{}";

    public string Status { get; init; } = "";

    public bool? IsError { get; init; }

    public string? ResultDigest { get; init; }

    public string? ParentCommit { get; init; }

    public string? Commit { get; init; }

    /// <summary>The stored result; null when it was not read.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The step changed the workspace.</summary>
    public bool HasChanged => Commit is not null && ParentCommit is not null && Commit != ParentCommit;

    public StoredResult Result => result ??= Body is null
        ? new StoredResult($"The call has no result: it is {Status}.", true, null)
        : NaviJson.Read<StoredResult>(System.Text.Encoding.UTF8.GetString(Body));

    /// <summary>A member of the arguments that is a string; null when there is none.</summary>
    public string? Argument(string name) =>
        JsonElement.Parse(Arguments) is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
