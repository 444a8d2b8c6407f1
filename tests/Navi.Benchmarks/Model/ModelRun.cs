using System.Diagnostics;
using System.Text.Json;
using Navi.Benchmarks.Model.Kinds;
using Navi.LoadTests.Driving;
using Navi.LoadTests.World;

namespace Navi.Benchmarks.Model;

/// <summary>Hands one task over, follows it, approves what it asks for, and checks what it delivered.</summary>
/// <param name="client">Requests of the person at this machine.</param>
/// <param name="home">Directory for repositories and checks.</param>
/// <param name="provider">The model that the task names.</param>
/// <param name="limit">Most time of a task.</param>
internal sealed class ModelRun(LoadClient client, string home, string provider, TimeSpan limit)
{
    private const string Answer = "Nobody is here to ask. Decide as the task's words say, and as simply as they allow.";
    private static readonly TimeSpan BeforeComingBack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilCancelled = TimeSpan.FromSeconds(30);

    /// <summary>Runs it. When <paramref name="stopping"/> fires, or its time is over, the task is cancelled, and that is its result.</summary>
    public async Task<RunResult> RunAsync(int number, TaskKind kind, CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        var repository = SmallRepository.Make(Path.Combine(home, "tasks", $"{number}"), kind.Files);
        var body = JsonSerializer.Serialize(new { repository, task = kind.Words, provider });
        if (await client.SendAsync(LoadClient.Create, HttpMethod.Post, "/v1/tasks", body, began, CancellationToken.None, $"bench-{number}") is not { } created)
            return new RunResult(number, kind.Name, null, "not_created", false, "NAVI did not take the task.", Seconds(), 0);
        var task = JsonElement.Parse(created).GetProperty("id").GetGuid();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ending.CancelAfter(limit);
        var approvals = new HashSet<string>();
        string? cut = null;
        if (!await FollowAsync(task, approvals, ending.Token))
        {
            cut = stopping.IsCancellationRequested ? "The benchmark was stopped." : $"It took longer than {limit.TotalMinutes:0} minutes.";
            await client.SendAsync("POST /v1/tasks/{id}/cancel", HttpMethod.Post, $"/v1/tasks/{task}/cancel", null, Stopwatch.GetTimestamp(), CancellationToken.None);
            using var patience = new CancellationTokenSource(UntilCancelled);
            await FollowAsync(task, approvals, patience.Token);
        }
        var ended = await ReadAsync(task);
        var seconds = Seconds();
        var reason = ended is { } read && read.TryGetProperty("stop_reason", out var said) ? said.GetString()! : "unfinished";
        var branch = ended is { } has && has.TryGetProperty("branch", out var name) ? name.GetString() : null;
        var fault = cut ?? (branch is null ? "Nothing was published." : await DeliveryCheck.FaultAsync(repository, branch, kind, Path.Combine(home, "checks", $"{number}"), CancellationToken.None));
        return new RunResult(number, kind.Name, task, reason, fault is null, fault, seconds, approvals.Count);

        double Seconds() => Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2);
    }

    /// <summary>True when the task has ended, false when <paramref name="ending"/> fired before.</summary>
    private async Task<bool> FollowAsync(Guid task, HashSet<string> approvals, CancellationToken ending)
    {
        var last = 0L;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await foreach (var (number, type, data) in client.FollowAsync(task, last, Stopwatch.GetTimestamp(), ending))
                {
                    last = number;
                    if (type == "checkpoint_opened" && JsonElement.Parse(data).GetProperty("data").GetProperty("checkpoint_id").GetString() is { } gate && await DecideAsync(gate))
                        approvals.Add(gate);
                    if (type == "task_finished")
                        return true;
                }
                await Task.Delay(BeforeComingBack, ending);
            }
            catch (Exception e) when (LoadClient.KindOf(e, ending) is not null)
            {
                // The stream broke, or the time is over: the loop's condition tells.
            }
        }
        return false;
    }

    private async Task<bool> DecideAsync(string gate)
    {
        if (await client.SendAsync(LoadClient.Gate, HttpMethod.Get, $"/v1/checkpoints/{gate}", null, Stopwatch.GetTimestamp(), CancellationToken.None) is not { } shown)
            return false;
        var checkpoint = JsonElement.Parse(shown);
        if (checkpoint.GetProperty("status").GetString() != "pending")
            return false;
        var decision = checkpoint.GetProperty("kind").GetString() == "question"
            ? JsonSerializer.Serialize(new { decision = "respond", answer = Answer })
            : JsonSerializer.Serialize(new { decision = "approve", action_digest = checkpoint.GetProperty("action_digest").GetString() });
        return await client.SendAsync(LoadClient.Decide, HttpMethod.Post, $"/v1/checkpoints/{gate}/decisions", decision, Stopwatch.GetTimestamp(), CancellationToken.None) is not null;
    }

    private async Task<JsonElement?> ReadAsync(Guid task) =>
        await client.SendAsync(LoadClient.Read, HttpMethod.Get, $"/v1/tasks/{task}", null, Stopwatch.GetTimestamp(), CancellationToken.None) is { } read ? JsonElement.Parse(read) : null;
}
