using Microsoft.DurableTask.Client;
using Navi.Agent.Effects;
using Navi.Drills.Kills.Asking;
using Navi.Drills.Kills.Working;
using Navi.Platform.Data;

namespace Navi.Drills.Kills.Judging;

/// <summary>Holds what was started against how it ended and against the world's ledger.</summary>
internal sealed class Judgement
{
    private readonly ILookup<string, WorldEntry> said;

    private Judgement(IEnumerable<WorldEntry> ledger) => said = ledger.ToLookup(e => e.Key);

    public List<string> Lost { get; } = [];

    public List<string> Wrong { get; } = [];

    public List<ClassTally> Tallies { get; } = [];

    public static async Task<Judgement> MakeAsync(IReadOnlyCollection<Ending> endings, World world, NaviDatabase database, DraftTrees trees, CancellationToken cancellation)
    {
        var judgement = new Judgement(world.Entries);
        foreach (var ending in endings)
            judgement.Look(ending);
        var ledger = new EffectLedger(database, new(database));
        foreach (var part in endings.GroupBy(e => e.Part))
        {
            judgement.Tally(part.Key, "steps", part.SelectMany(e => e.Job.Keys));
            judgement.Tally(part.Key, "control", part.Where(e => e.Job.Calls is { Guarded: false }).SelectMany(e => e.Job.Calls!.Calls.Where(c => c.Effect != "Pure").Select(c => $"{e.Job.Calls.Task}/{c.CallId}")));
            var guarded = new List<(LedgerRow Row, int Heads)>();
            foreach (var ending in part.Where(e => e.Job.Calls is { Guarded: true }))
                guarded.AddRange(await judgement.RowsAsync(ending, ledger, database, trees, cancellation));
            judgement.Tallies.AddRange(Enum.GetNames<EffectClass>().Select(effect => judgement.Tally(part.Key, effect, [.. guarded.Where(g => g.Row.Effect == effect)])));
        }
        return judgement;
    }

    private void Look(Ending ending)
    {
        var (job, end) = (ending.Job, ending.End);
        if (ending.Surprise is { } surprise)
            Wrong.Add($"{job.Id}: a client was told {surprise}");
        else if (end is null)
            Lost.Add(job.Id);
        else if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            Wrong.Add($"{job.Id} is {end.RuntimeStatus}: {end.FailureDetails?.ErrorMessage}");
        else if (job.Expected is { } expected && end.ReadOutputAs<long>() != expected)
            Wrong.Add($"{job.Id} has made {end.SerializedOutput} of its input, not {expected}");
        else if (job.Calls is { } calls && Odd(calls, end.ReadOutputAs<string[]>()!) is { } odd)
            Wrong.Add($"{job.Id}: {odd}");
    }

    // Only what nobody can ask about may be in doubt.
    private static string? Odd(GuardedInput input, string[] answers) => input.Calls.Zip(answers)
        .Where(c => c.Second != Values.Answer(c.First.CallId) && !(input.Guarded && c.Second == Orchestrators.InDoubt && c.First.Effect is "Probeable" or "Irreversible"))
        .Select(c => $"{c.First.CallId} has answered '{c.Second}'").FirstOrDefault() ?? (answers.Length == input.Calls.Count ? null : $"{answers.Length} answers");

    private async Task<IEnumerable<(LedgerRow Row, int Heads)>> RowsAsync(Ending ending, EffectLedger ledger, NaviDatabase database, DraftTrees trees, CancellationToken cancellation)
    {
        var task = ending.Job.Calls!.Task;
        var head = await database.FindAsync<string>(Scope.System, "SELECT head_commit FROM navi.tasks WHERE id = @task", new { task }, cancellation);
        var lines = trees.Read(head!).Split('\n');
        var rows = await ledger.ListAsync(Scope.System, task, cancellation);
        if (ending.End is not null && rows.Find(r => r.Status is not ("done" or "in_doubt")) is { } open)
            Wrong.Add($"{ending.Job.Id} has ended, and its call {open.CallId} is {open.Status}");
        return rows.Select(r => (r, lines.Count(l => l == r.CallId)));
    }

    private void Tally(string part, string name, IEnumerable<string> keys)
    {
        string[] all = [.. keys];
        Tallies.Add(new ClassTally(part, name, all.Length, all.Sum(k => Count(k, "begin")), 0, all.Count(k => Count(k, "effect") == 0), all.Count(k => Count(k, "effect") > 1)));
    }

    private ClassTally Tally(string part, string effect, IReadOnlyList<(LedgerRow Row, int Heads)> rows)
    {
        // A receiver that recognises the key does it once, however often it is asked; a draft counts once it is the head; of the rest each telling counts.
        int Effects((LedgerRow Row, int Heads) call) => effect switch
        {
            nameof(EffectClass.Pure) => 1,
            nameof(EffectClass.Workspace) => call.Heads,
            nameof(EffectClass.Idempotent) => Math.Min(1, Count(Key(call.Row), "request")),
            _ => Count(Key(call.Row), "effect"),
        };
        return new ClassTally(
            part, effect, rows.Count, rows.Sum(r => Count(Key(r.Row), "begin")), rows.Count(r => r.Row.Status == "in_doubt"), rows.Count(r => r.Row.Status == "done" && Effects(r) == 0), rows.Count(r => Effects(r) > 1));
    }

    private static string Key(LedgerRow row) => $"{row.TaskId}/{row.CallId}";

    private int Count(string key, string what) => said[key].Count(e => e.What == what);
}
