using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Navi.Drills.Monitoring;
using Navi.Drills.Tools;
using Navi.Testing.Running;

namespace Navi.Drills.Restore;

/// <summary>
/// <c>navi drill restore</c>: a NAVI at work loses its database and gets it back as it was a while before. What had happened until then is there; what was open is held; nothing that the world has felt is done again.
/// </summary>
internal static class RestoreDrill
{
    private const string Unsandboxed = "/nonexistent/bwrap";

    /// <summary>Runs it and prints a line for each part; 1 when a part failed.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var report = new DrillReport(output);
        await using var installation = Installation.CreateWithPrivateCluster();
        // A command outside the sandbox is an effect that nobody can take back.
        (installation.Environment["Navi__Sandbox__Bubblewrap"], installation.Environment["Navi__Sandbox__AllowUnsandboxed"]) = (Unsandboxed, "true");
        var effects = installation.Place("effects.log");
        var repository = Repositories.Make(installation.Place("repository"), new()
        {
            ["a.txt"] = "one\n", ["effect.sh"] = $"echo done >> '{effects}'\n",
        });
        var cluster = await ArchivedCluster.StartAsync(installation.Home, cancellation);

        var before = await installation.UpAsync();
        var kept = new List<Guid> { await DoneAsync(before, repository, "survey this repository") };
        await cluster.BackUpAsync(cancellation);
        kept.Add(await DoneAsync(before, repository, "replace \"one\" with \"two\""));
        var review = await before.CreateTaskAsync(repository, "replace \"one\" with \"three\"");
        var reviewGate = await before.PendingAsync(review);
        var command = await before.CreateTaskAsync(repository, "run `sh effect.sh`");
        var commandGate = await before.PendingAsync(command);
        var point = await cluster.MarkAsync(cancellation);

        // What the database will have forgotten.
        await ApproveAsync(before, reviewGate);
        await before.FinishedAsync(review);
        var published = Repositories.Git(repository, "rev-parse", $"refs/heads/navi/{review}");
        await ApproveAsync(before, commandGate);
        var late = await DoneAsync(before, repository, "survey this repository");
        await WaitForAsync(() => Count(effects) == 1, cancellation);
        await cluster.ArchiveAsync(cancellation);
        await before.KillAsync();

        var recovery = await cluster.RestoreAsync(point, cancellation);
        await AddAsync(report, $"restored to {point:yyyy-MM-dd HH:mm:ss.fff} UTC from base backup and archive in {recovery.TotalSeconds:0.0} s", []);
        var held = await installation.RunAsync(["restored", "--at", point.ToString("O", CultureInfo.InvariantCulture), "--json"]);
        await AddAsync(report, "navi restored: 2 open tasks held, 1 call in doubt, 1 task that began later named", Differences(held, review, command, late));

        // The smoke test does a task in the sandbox, on a repository with tests.
        installation.Environment.Clear();
        installation.Environment["Navi__Probe__Repository"] = Repositories.Python(installation.Place("probe"));
        var after = await installation.UpAsync();
        var smoke = await installation.RunAsync(["smoke", "--url", after.Http.BaseAddress!.ToString(), "--json"]);
        await AddAsync(report, "navi smoke passes", smoke.ExitCode == 0 ? [] : [smoke.Output + smoke.Errors]);
        var again = new List<string>();
        foreach (var task in kept)
        {
            if ((await after.TaskAsync(task)).GetProperty("status").GetString() != "finished")
                again.Add($"{task}, which had ended, is {await after.TaskAsync(task)}");
        }
        await AddAsync(report, $"{kept.Count} tasks that had ended are there", again);
        await AddAsync(report, "a new task is done", Wrong("status", (await after.TaskAsync(await DoneAsync(after, repository, "survey this repository"))).GetProperty("status").GetString(), "finished"));
        await AddAsync(report, "held tasks have begun nothing meanwhile", await HeldAsync(after, review, command));

        await ResumeAsync(after, command);
        if ((await after.TaskAsync(command)).GetProperty("status").GetString() != "finished")
            await ApproveAsync(after, await after.PendingAsync(command));
        var ended = await after.FinishedAsync(command);
        await AddAsync(report, "the command that had run is in doubt and did not run again", [.. Wrong("stop reason", ended.GetProperty("stop_reason").GetString(), "failed"), .. Wrong("runs", Count(effects), 1)]);
        await ResumeAsync(after, review);
        await ApproveAsync(after, await after.PendingAsync(review));
        await after.FinishedAsync(review);
        await AddAsync(report, "the branch that had been published is published once", Wrong("commit", Repositories.Git(repository, "rev-parse", $"refs/heads/navi/{review}"), published));
        return report.Failures == 0 ? 0 : 1;
    }

    private static async Task<Guid> DoneAsync(Service navi, string repository, string text)
    {
        var task = await navi.CreateTaskAsync(repository, text, preApprove: true);
        await navi.FinishedAsync(task);
        return task;
    }

    private static async Task ApproveAsync(Service navi, Guid gate)
    {
        using var answer = await navi.DecideAsync(gate, "approve");
        answer.EnsureSuccessStatusCode();
    }

    private static async Task ResumeAsync(Service navi, Guid task)
    {
        using var answer = await navi.Http.PostAsync($"/v1/tasks/{task}/resume", null);
        answer.EnsureSuccessStatusCode();
    }

    private static IReadOnlyList<string> Differences(Ended held, Guid review, Guid command, Guid late)
    {
        if (held.ExitCode != 0)
            return [$"it ended with {held.ExitCode}: {held.Output}{held.Errors}"];
        var said = JsonElement.Parse(held.Output);
        var tasks = said.GetProperty("tasks").EnumerateArray().ToDictionary(t => t.GetProperty("id").GetGuid(), t => t.GetProperty("in_doubt").GetInt32());
        return
        [
            .. Wrong("held", string.Join(", ", tasks.Keys.Order()), string.Join(", ", new[] { review, command }.Order())),
            .. Wrong("in doubt", tasks.GetValueOrDefault(review) + tasks.GetValueOrDefault(command), 1),
            .. Wrong("began later", string.Join(", ", said.GetProperty("unknown").EnumerateArray().Select(u => u.GetGuid())), $"{late}"),
        ];
    }

    // Asked after a later task has ended: timers and workers have had their turns.
    private static async Task<IReadOnlyList<string>> HeldAsync(Service navi, params Guid[] tasks)
    {
        var wrong = new List<string>();
        foreach (var task in tasks)
        {
            var now = await navi.TaskAsync(task);
            if (!now.GetProperty("suspended").GetBoolean() || now.GetProperty("status").GetString() == "finished")
                wrong.Add($"{task} is {now}");
        }
        return wrong;
    }

    private static async Task WaitForAsync(Func<bool> holds, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(1))
                throw new TimeoutException("The command did not run within a minute.");
            await Task.Delay(50, cancellation);
        }
    }

    private static int Count(string file) => File.Exists(file) ? File.ReadAllLines(file).Length : 0;

    private static IReadOnlyList<string> Wrong<T>(string what, T found, T right) => EqualityComparer<T>.Default.Equals(found, right) ? [] : [$"{what}: {found}, not {right}"];

    private static Task AddAsync(DrillReport report, string part, IReadOnlyList<string> wrong) => report.AddAsync(part, new ToolResult(wrong.Count == 0 ? 0 : 1, string.Join('\n', wrong)));
}
