using System.Diagnostics;
using Navi.Drills.Runbooks;
using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary><c>navi drill faults</c>: real faults, the alerts that tell of them, and the runbooks that mend them.</summary>
internal static class FaultDrill
{
    /// <summary>Runs it; 0 when every alert fired and was resolved and every command showed what its document says.</summary>
    public static async Task<int> RunAsync(FaultDrillOptions options, TextWriter output, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        var at = TimeProvider.System.GetUtcNow();
        var health = new List<Shown>();
        var reports = new List<FaultReport>();
        await using (var stage = await Stage.StartAsync(cancellation))
        {
            await output.WriteLineAsync($"A NAVI at {stage.Address}, Prometheus at {stage.Watch.Prometheus.Address}, Alertmanager at {stage.Watch.Alertmanager}; {began.Elapsed.TotalSeconds:0} s to start.");
            foreach (var block in new[] { "docs/INCIDENT_RESPONSE.md", "docs/ONCALL_PLAYBOOK.md" }.SelectMany(d => OperatorDocument.Read(d).Blocks))
            {
                var shown = await stage.Shell.RunAsync(block, TimeSpan.Zero, cancellation);
                health.Add(shown);
                await output.WriteLineAsync($"  {(shown.Fits ? "✓" : "✗")} {block.Place}{(shown.Fits ? "" : $"\n{shown.Difference}")}");
            }
            foreach (var fault in FaultDrillOptions.All.Select(f => f()).Where(f => options.Faults.Contains(f.Name)))
            {
                await using var ending = fault as IAsyncDisposable;
                reports.Add(await new FaultRun(stage, fault, withOthers: true, output).RunAsync(cancellation));
            }
        }
        var failures = reports.SelectMany(r => r.Failures.Select(f => $"{r.Fault.Name}: {f}")).Concat(health.Where(s => !s.Fits).Select(s => $"{s.Block.Place} does not show what it says.")).ToList();
        var transcript = new Transcript(at, began.Elapsed, health, reports);
        await output.WriteLineAsync($"\n{transcript.Summary}");
        foreach (var failure in failures)
            await output.WriteLineAsync($"FAILED {failure}");
        if (options.Write && failures.Count == 0)
            await transcript.WriteAsync(cancellation);
        return failures.Count == 0 ? 0 : 1;
    }
}
