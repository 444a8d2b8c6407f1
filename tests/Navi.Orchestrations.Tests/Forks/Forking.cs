using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Forks;

/// <summary>Forks tasks of a slice, and takes down everything that a fork must leave alone.</summary>
internal static class Forking
{
    private static readonly (string Table, string Column)[] Rows =
    [
        ("tasks", "id"), ("task_events", "task_id"), ("messages", "task_id"), ("model_turns", "task_id"), ("compactions", "task_id"), ("tool_calls", "task_id"), ("checkpoints", "task_id"),
        ("outbox", "task_id"), ("task_metrics", "task_id"), ("llm_metrics", "task_id"),
    ];

    public static async Task<Guid> ForkAsync(this Slice slice, Guid origin, object body)
    {
        using var response = await slice.Http.PostAsJsonAsync($"/v1/tasks/{origin}/fork", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonElement.Parse(text).GetProperty("id").GetGuid();
    }

    /// <summary>Approves the review that the task comes to, and returns its end.</summary>
    public static async Task<JsonElement> PublishedAsync(this Slice slice, Guid task)
    {
        var gate = await slice.PendingAsync(task);
        Assert.Equal("review", gate.GetProperty("kind").GetString());
        using var decided = await slice.DecideAsync(gate, new { decision = "approve" });
        return await slice.FinishedAsync(task);
    }

    public static async Task<List<T>> RowsAsync<T>(this Slice slice, string sql, object? parameters = null) =>
        (await slice.Services.GetRequiredService<NaviDatabase>().RunAsync(Scope.System, c => c.QueryAsync<T>(sql, parameters), CancellationToken.None)).AsList();

    public static string WorkspaceOf(this Slice slice, Guid task) => Path.Combine(Path.GetDirectoryName(slice.Repository)!, "home", "workspaces", task.ToString("d"));

    /// <summary>The origin's rows, its workspace's files, and the repository with its references but those of <paramref name="others"/>; two of these are equal only byte for byte.</summary>
    public static async Task<string> StateAsync(this Slice slice, Guid origin, params Guid[] others)
    {
        var state = new List<string>();
        foreach (var (table, column) in Rows)
            state.Add($"{table}: {(await slice.RowsAsync<string>($"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM navi.{table} t WHERE {column} = @origin", new { origin }))[0]}");
        state.Add((await slice.RowsAsync<string>(
            "SELECT coalesce(string_agg(d::text, E'\\n' ORDER BY d.id), '') FROM navi.checkpoint_decisions d JOIN navi.checkpoints c ON c.id = d.checkpoint_id WHERE c.task_id = @origin", new { origin }))[0]);
        state.AddRange((await slice.GitAsync("for-each-ref")).Split('\n').Where(r => !others.Any(o => r.Contains($"{o}", StringComparison.Ordinal))));
        state.Add(await slice.GitAsync("status", "--porcelain"));
        state.AddRange(Files(slice.WorkspaceOf(origin)));
        state.AddRange(Files(slice.Repository).Where(f => !f.Contains("/.git/", StringComparison.Ordinal)));
        return string.Join('\n', state);
    }

    public static JsonElement Call(this JsonElement task, string id) => task.GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("call_id").GetString() == id);

    private static IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}");
}
