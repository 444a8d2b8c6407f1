using System.Diagnostics;
using System.Text.Json;
using Navi.LoadTests.Scenarios;

namespace Navi.LoadTests.Driving;

/// <summary>One task of one user: hand over, follow, review, approve, follow to the end, read.</summary>
/// <param name="client">The user's requests.</param>
/// <param name="recorder">Takes the task's sample.</param>
/// <param name="random">The user's randomness.</param>
/// <param name="known">Learns of the task.</param>
internal sealed class TaskFlow(LoadClient client, Recorder recorder, Random random, KnownTasks known)
{
    private static readonly TimeSpan BeforeComingBack = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> reviewed = [];
    private long thought;

    /// <summary>Runs it; it was meant to begin at <paramref name="intended"/>.</summary>
    public async Task RunAsync(string repository, string words, string provider, string key, long intended, CancellationToken ending)
    {
        string outcome;
        try
        {
            outcome = await WorkAsync(JsonSerializer.Serialize(new { repository, task = words, provider }), key, intended, ending);
        }
        catch (Exception e) when (LoadClient.KindOf(e, ending) is { } kind)
        {
            outcome = kind;
        }
        recorder.Add(new TaskSample(outcome, Stopwatch.GetTimestamp() - intended, thought));
    }

    private async Task<string> WorkAsync(string body, string key, long intended, CancellationToken ending)
    {
        if (await client.SendAsync(LoadClient.Create, HttpMethod.Post, "/v1/tasks", body, intended, ending, key) is not { } created)
            return "not_created";
        var task = JsonElement.Parse(created).GetProperty("id").GetGuid();
        known.Add(task);
        var last = 0L;
        var next = Stopwatch.GetTimestamp();
        while (true)
        {
            await foreach (var (number, type, data) in client.FollowAsync(task, last, next, ending))
            {
                last = number;
                if (type == "checkpoint_opened")
                    await ReviewAsync(task, JsonElement.Parse(data).GetProperty("data").GetProperty("checkpoint_id").GetString()!, ending);
                if (type != "task_finished")
                    continue;
                var reason = JsonElement.Parse(data).GetProperty("data").GetProperty("stop_reason").GetString()!;
                await client.SendAsync(LoadClient.Read, HttpMethod.Get, $"/v1/tasks/{task}", null, Stopwatch.GetTimestamp(), ending);
                return reason;
            }
            // The stream has its own bound, and may have failed: the user comes back, as the protocol says.
            next = await ThinkAsync(BeforeComingBack, ending);
        }
    }

    private async Task ReviewAsync(Guid task, string gate, CancellationToken ending)
    {
        if (!reviewed.Add(gate))
            return;
        var begins = await ThoughtAsync(ending);
        var shown = await client.SendAsync(LoadClient.Gate, HttpMethod.Get, $"/v1/checkpoints/{gate}", null, begins, ending);
        await client.SendAsync(LoadClient.Diff, HttpMethod.Get, $"/v1/tasks/{task}/diff", null, Stopwatch.GetTimestamp(), ending);
        var digest = shown is null ? null : JsonElement.Parse(shown).GetProperty("action_digest").GetString();
        // Who was not shown what is to be approved asks again; the task must not hang on one failed request.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            begins = await ThoughtAsync(ending);
            var decision = JsonSerializer.Serialize(new { decision = "approve", action_digest = digest });
            if (await client.SendAsync(LoadClient.Decide, HttpMethod.Post, $"/v1/checkpoints/{gate}/decisions", decision, begins, ending) is not null)
                return;
        }
    }

    private Task<long> ThoughtAsync(CancellationToken ending)
    {
        var mean = UserMix.Think.TotalSeconds;
        var time = TimeSpan.FromSeconds(Math.Min(-mean * Math.Log(1 - random.NextDouble()), mean * UserMix.LongestThought));
        thought += (long)(time.TotalSeconds * Stopwatch.Frequency);
        return ThinkAsync(time, ending);
    }

    private static async Task<long> ThinkAsync(TimeSpan time, CancellationToken ending)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Moments.WaitAsync(until, ending);
        return until;
    }
}
