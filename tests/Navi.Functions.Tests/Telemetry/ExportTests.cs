using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Telemetry;

/// <summary>What a collector that speaks OTLP over HTTP receives of a real task.</summary>
public sealed class ExportTests
{
    private const string Words = "please write the unmistakable words";
    private const string Secret = "Password=Tr0ubadour-4711";

    [Fact]
    public async Task Export_OfATask_HasItsTraceAndNoContent()
    {
        var received = new ConcurrentDictionary<string, byte[]>();
        await using var collector = await CollectAsync(received);
        Guid task;
        await using (var navi = await Slice.StartAsync(
            (turn, _) => turn == 0 ? [("write_file", new { path = "b.txt", content = "content that stays here\n" })] : [("finish_task", new { status = "done", summary = "finished" })],
            new Dictionary<string, string?>
            {
                ["Navi:Telemetry:Export:OtlpEndpoint"] = collector.Urls.Single(), ["Navi:Telemetry:Export:OtlpProtocol"] = "http/protobuf",
            }))
        {
            task = await navi.CreateAsync(preApprove: true, task: Words);
            await navi.FinishedAsync(task);
            var logger = navi.Services.GetRequiredService<ILogger<ExportTests>>();
            using var scope = logger.BeginScope(new Dictionary<string, object> { ["where"] = "within-a-scope", ["api_key"] = "open-sesame-1", ["note"] = $"Host=db;{Secret}" });
            logger.LogWarning("Connecting with {ConnectionString}", $"Host=db;{Secret}");
            logger.LogWarning("Signing in as {User} with {Token}", "somebody", "open-sesame-2");
        }
        // What was waiting is sent when the process ends.

        var traces = Of("/v1/traces");
        Assert.Contains(Convert.ToHexString(task.ToByteArray(bigEndian: true)), Convert.ToHexString(traces), StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(traces);
        Assert.Contains("execute_tool write_file", text, StringComparison.Ordinal);
        Assert.Contains("gen_ai.usage.input_tokens", text, StringComparison.Ordinal);
        Assert.Contains("CreateTask", text, StringComparison.Ordinal);
        var metrics = Encoding.UTF8.GetString(Of("/v1/metrics"));
        Assert.Contains("gen_ai.client.operation.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_tasks_total", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_durable_turn_seconds", metrics, StringComparison.Ordinal);
        var logs = Encoding.UTF8.GetString(Of("/v1/logs"));
        Assert.Contains("Connecting with", logs, StringComparison.Ordinal);
        Assert.Contains("Signing in as somebody with [redacted]", logs, StringComparison.Ordinal);
        Assert.Contains("within-a-scope", logs, StringComparison.Ordinal);
        Assert.All([text, metrics, logs], t =>
        {
            Assert.DoesNotContain(Words, t, StringComparison.Ordinal);
            Assert.DoesNotContain("content that stays here", t, StringComparison.Ordinal);
            Assert.DoesNotContain("Tr0ubadour", t, StringComparison.Ordinal);
            Assert.DoesNotContain("open-sesame", t, StringComparison.Ordinal);
        });

        byte[] Of(string path) => received.TryGetValue(path, out var body) ? body : throw new InvalidOperationException($"Nothing came at {path}, only at {string.Join(", ", received.Keys)}.");
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path, body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
            context.Response.StatusCode = (int)HttpStatusCode.OK;
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return app;
    }
}
