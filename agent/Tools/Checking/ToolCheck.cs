using System.Text.Json;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Checking;

/// <summary>Runs every registered tool on a small repository of its own, with this installation's workspace, sandbox and database, and says which really work.</summary>
public sealed class ToolCheck
{
    private const int Shown = 300;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly ILookup<string, ToolCase> Cases =
        FileCases.All.Concat(CodeCases.All).Concat(RunCases.All).Concat(LoopCases.All).ToLookup(c => c.Tool, StringComparer.Ordinal);

    // These take no arguments, or have an answer to all that fit.
    private static readonly HashSet<string> AlwaysAnswers = new(StringComparer.Ordinal)
    {
        "ask_person", "finish_task", "detect_project", "code_metrics", "survey_repository", "git_status", "git_list_branches", "search_tools",
    };

    private readonly ToolRegistry registry;
    private readonly ToolRunner runner;
    private readonly WorkspaceStore store;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim one = new(1, 1);
    private ToolCheckReport? last;

    internal ToolCheck(ToolRegistry registry, ToolRunner runner, WorkspaceStore store, TimeProvider time)
    {
        this.registry = registry;
        this.runner = runner;
        this.store = store;
        this.time = time;
    }

    /// <summary>Runs all cases, one check at a time; a report that is younger than a minute is given again. What a check makes on disk is gone after it, unless the process is killed.</summary>
    public async Task<ToolCheckReport> RunAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            return last is { } known && time.GetUtcNow() - known.At < Fresh ? known : last = await CheckAsync(cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<ToolCheckReport> CheckAsync(CancellationToken cancellationToken)
    {
        // The tools of the loop read a task's calls by its id; this one has none.
        var task = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var source = Directory.CreateTempSubdirectory("navi-tools-").FullName;
        try
        {
            CheckRepository.Make(Path.Combine(source, "shop"), time.GetUtcNow());
            try
            {
                return await CheckAsync(task, (await store.PrepareAsync(task, Path.Combine(source, "shop"), cancellationToken)).BaseCommit, cancellationToken);
            }
            finally
            {
                store.Remove(task);
            }
        }
        finally
        {
            Directory.Delete(source, recursive: true);
        }
    }

    private async Task<ToolCheckReport> CheckAsync(string task, string commit, CancellationToken cancellationToken)
    {
        var problems = new List<ToolProblem>();
        var (runnable, tested, calls) = (0, 0, 0);
        foreach (var tool in registry.All)
        {
            var kinds = new HashSet<ToolCaseKind>();
            var works = false;
            var faults = new List<ToolProblem>();
            foreach (var given in Cases[tool.Name])
            {
                kinds.Add(given.Kind);
                if (await FaultAsync(new(task, $"check-{calls++}", 1, commit, tool.Name, JsonElement.Parse(given.Arguments)), tool, given, cancellationToken) is { } said)
                    faults.Add(new(tool.Name, given.Arguments, BoundedText.Cut(said, Shown)));
                else
                    works |= given.Kind == ToolCaseKind.Works;
            }

            faults.AddRange(Missing(tool, kinds).Select(k => new ToolProblem(tool.Name, $"no case '{k.ToString().ToLowerInvariant()}'", "")));
            runnable += works ? 1 : 0;
            tested += faults.Count == 0 ? 1 : 0;
            problems.AddRange(faults);
        }

        return new(time.GetUtcNow(), registry.All.Count, runnable, tested, problems);
    }

    // Null when the case ended as it has to, else what it said.
    private async Task<string?> FaultAsync(ToolCall call, ITool tool, ToolCase expected, CancellationToken cancellationToken)
    {
        var wrong = registry.Validate(call.Tool, call.Arguments);
        if (expected.Kind == ToolCaseKind.Refuses || wrong.Count > 0)
        {
            var refusal = string.Join('\n', wrong);
            return expected.Kind == ToolCaseKind.Refuses && refusal.Contains(expected.Says, StringComparison.Ordinal) ? null : refusal.Length == 0 ? "The arguments were accepted." : refusal;
        }

        // The loop handles these.
        if (tool.Tree == TreeUse.None)
            return tool.Gate || tool.Ends ? null : "It has no executor.";
        try
        {
            var result = (await runner.RunAsync(call, cancellationToken)).Result;
            return result.IsError == expected.IsError && result.Content.Contains(expected.Says, StringComparison.Ordinal) ? null : result.Content;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private static IEnumerable<ToolCaseKind> Missing(ITool tool, HashSet<ToolCaseKind> kinds) =>
        new[] { ToolCaseKind.Works, ToolCaseKind.Refuses }.Where(k => !kinds.Contains(k))
            .Concat(kinds.Contains(ToolCaseKind.Fails) || AlwaysAnswers.Contains(tool.Name) ? [] : [ToolCaseKind.Fails]);
}
