using System.Globalization;
using Navi.Drills.Kills.Asking;
using Navi.Drills.Kills.Breaking;
using Navi.Drills.Kills.Judging;

namespace Navi.Drills.Kills;

/// <summary>Everything that the drill has found.</summary>
internal sealed record Findings(
    KillOptions Options, IReadOnlyCollection<Ending> Endings, World World, Breaker Breaker, Judgement Judgement, IReadOnlyList<string> History, int Refused, TimeSpan Took)
{
    private const int Shown = 5;

    // The bar of the runtime's design.
    private static readonly TimeSpan TakeoverBar = TimeSpan.FromSeconds(1);

    public async Task WriteAsync(KillReport report)
    {
        await report.FiguresAsync(
            new { Orchestrations = Endings.Count, World.Executions, Breaker.Kills, ClientErrors = Refused, Seconds = Math.Round(Took.TotalSeconds) },
            $"{Endings.Count} orchestrations, {World.Executions} activity executions, {Breaker.Kills} kills, {Refused} client calls that failed and were repeated; {Took.TotalSeconds:0} s");
        await report.FiguresAsync(
            new { Faults = Breaker.Happened.ToDictionary(h => h.Key.ToString(), h => h.Value) },
            string.Join(", ", Breaker.Happened.OrderBy(h => h.Key).Select(h => $"{h.Key} {h.Value}")));
        foreach (var tally in Judgement.Tallies.OrderBy(t => t.Part == KillDrill.CutOff))
            await report.FiguresAsync(tally, $"{tally.Part,-8} {tally.Effect,-12} {tally.Calls,6} calls {tally.Attempts,6} attempts {tally.InDoubt,4} in doubt {tally.Missing,4} missing {tally.Doubled,4} doubled");
        await TakeoversAsync(report);
        await report.PromiseAsync("Nothing accepted is lost", Judgement.Lost.Count == 0, Named(Judgement.Lost));
        await report.PromiseAsync("No result is wrong", Judgement.Wrong.Count == 0, Named(Judgement.Wrong));
        await report.PromiseAsync("Every turn counts once", History.Count == 0, Named(History));
        await PromiseAsync("Every effect happens", t => t.Missing, _ => true);
        await PromiseAsync("Through the effect ledger no effect happens twice when workers are killed", t => t.Doubled, t => t.Part == KillDrill.Killed && IsGuarded(t));
        await PromiseAsync("Through it none of the workspace or to a receiver that knows the key happens twice when workers are paused or cut off", t => t.Doubled, t => t.Part == KillDrill.CutOff && t.Effect is "Pure" or "Workspace" or "Idempotent");
        var open = Judgement.Tallies.Where(t => t.Part == KillDrill.CutOff && t.Effect is "Probeable" or "Irreversible").ToList();
        await report.FiguresAsync(
            new { Part = KillDrill.CutOff, InDoubt = open.Sum(t => t.InDoubt), FencedDuplicates = open.Sum(t => t.Doubled) },
            $"other calls of workers that were paused or cut off: {open.Sum(t => t.InDoubt)} ended in doubt, {open.Sum(t => t.Doubled)} are duplicates that were fenced");
        // Without it the drill could not tell that nothing happened twice.
        var seen = Judgement.Tallies.Where(t => !IsGuarded(t)).Sum(t => t.Doubled);
        await report.PromiseAsync("Without the ledger doubled effects are seen", seen > 0, $"{seen}");
        await report.PromiseAsync("The drill did what it was asked for", Breaker.Kills >= Options.Kills && World.Executions >= Options.Executions, $"{Breaker.Kills} kills, {World.Executions} executions");

        Task PromiseAsync(string promise, Func<ClassTally, int> count, Func<ClassTally, bool> which)
        {
            var found = Judgement.Tallies.Where(which).Sum(count);
            return report.PromiseAsync(promise, found == 0, $"{found}");
        }
    }

    private async Task TakeoversAsync(KillReport report)
    {
        double[] first = [.. Breaker.Takeovers.Where(t => t is { First: not null, Whole: true }).Select(t => t.First!.Value.TotalMilliseconds).Order()];
        double[] rushed = [.. Breaker.Takeovers.Where(t => t is { First: not null, Whole: false }).Select(t => t.First!.Value.TotalMilliseconds).Order()];
        double[] all = [.. Breaker.Takeovers.SelectMany(t => t.Takeover.All).Select(t => t.TotalMilliseconds).Order()];
        var never = Breaker.Takeovers.Count(t => t.First is null);
        var (p50, p95, max) = (Quantile(first, 0.5), Quantile(first, 0.95), first.LastOrDefault());
        await report.FiguresAsync(
            new { Takeovers = first.Length, Never = never, P50Ms = p50, P95Ms = p95, MaxMs = Math.Round(max), Instances = all.Length, InstancesP50Ms = Quantile(all, 0.5), InstancesP95Ms = Quantile(all, 0.95), InstancesMaxMs = Math.Round(all.LastOrDefault()), BesideAStart = rushed.Length, BesideAStartP50Ms = Quantile(rushed, 0.5), BesideAStartP95Ms = Quantile(rushed, 0.95) },
            string.Create(CultureInfo.InvariantCulture, $"of all {all.Length} instances in hand at a kill: p50 {Quantile(all, 0.5)} ms, p95 {Quantile(all, 0.95)} ms, longest {all.LastOrDefault():0} ms until their next step had begun elsewhere; of {rushed.Length} kills while another worker was starting or had just started: p50 {Quantile(rushed, 0.5)} ms, p95 {Quantile(rushed, 0.95)} ms to the first one"));
        await report.PromiseAsync(
            "From SIGKILL to the next step committed by another worker, p95 is 1 s or less", first.Length > 0 && never == 0 && p95 <= TakeoverBar.TotalMilliseconds,
            string.Create(CultureInfo.InvariantCulture, $"p50 {p50} ms, p95 {p95} ms, longest {max:0} ms; {first.Length} kills with work in hand while all workers had settled, {never} of all without a next step within 10 s"), counts: false);
    }

    private static double Quantile(double[] sorted, double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)]);

    private static bool IsGuarded(ClassTally tally) => tally.Effect is not ("steps" or "control");

    private static string Named(IReadOnlyCollection<string> problems) => problems.Count == 0 ? "0" : $"{problems.Count}: {string.Join("; ", problems.Take(Shown))}";
}
