using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Navi.Platform.Telemetry.Logs;

namespace Navi.Platform.Tests.Telemetry;

public sealed class LogLineTests
{
    [Fact]
    public void Write_MessageInATrace_HasTraceScopesAndParameters()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push(new Dictionary<string, object> { ["request_id"] = "r-1" });
        var line = JsonElement.Parse(Write(scopes, null, ("TaskId", "t-1"), ("{OriginalFormat}", "Task {TaskId} began.")));
        Assert.Equal(activity.TraceId.ToHexString(), line.GetProperty("trace_id").GetString());
        Assert.Equal("r-1", line.GetProperty("request_id").GetString());
        Assert.Equal("t-1", line.GetProperty("task_id").GetString());
        Assert.Equal("warning", line.GetProperty("level").GetString());
        Assert.Equal(7, line.GetProperty("event").GetInt32());
    }

    [Fact]
    public void Write_SecretsAnywhere_AreTakenOut()
    {
        var line = Write(null, new InvalidOperationException("refused: Password=Tr0ubadour-4711;"), ("Connection", "Host=db;Password=Tr0ubadour-4711"), ("message", "twice"));
        Assert.DoesNotContain("Tr0ubadour", line, StringComparison.Ordinal);
        Assert.Equal("twice", JsonElement.Parse(line).GetProperty("value_message").GetString());
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void Write_WhatIsNamedASecret_IsTakenOutWhateverItLooksLike()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push(new Dictionary<string, object> { ["api_key"] = "open sesame", ["note"] = "Password=Tr0ubadour-4711", ["request_id"] = "r-1" });
        var line = JsonElement.Parse(Write(scopes, null, ("Token", "open sesame"), ("Password", 4711), ("User", "ada"), ("{OriginalFormat}", "{User} came with {Token} and {Password:x}, {unknown}")));
        Assert.Equal("ada came with [redacted] and [redacted], {unknown}", line.GetProperty("message").GetString());
        Assert.Equal(
            ("[redacted]", "[redacted]", "[redacted]", "Password=[redacted]", "r-1", "ada"),
            (Text("token"), Text("password"), Text("api_key"), Text("note"), Text("request_id"), Text("user")));

        string? Text(string name) => line.GetProperty(name).GetString();
    }

    [Fact]
    public void Write_SecretOfAMessageWithoutATemplate_IsTakenOut() =>
        Assert.Equal("ada [redacted]", JsonElement.Parse(Write(null, null, ("User", "ada"), ("Token", "open sesame"))).GetProperty("message").GetString());

    private static string Write(IExternalScopeProvider? scopes, Exception? exception, params (string Key, object? Value)[] state)
    {
        var values = state.Select(s => new KeyValuePair<string, object?>(s.Key, s.Value)).ToList();
        return LogLine.Write(DateTimeOffset.UnixEpoch, LogLevel.Warning, "Test", new EventId(7), values, exception, (v, _) => string.Join(' ', v.Select(p => p.Value)), scopes);
    }
}
