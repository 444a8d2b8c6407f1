using System.Diagnostics;
using Navi.Cli.GoLive;
using Navi.Drills.GoLive.Faults;
using Navi.Drills.Monitoring;
using Navi.Testing;

namespace Navi.Drills.GoLive;

/// <summary>
/// <c>navi drill golive</c>: <c>navi golive</c> passes what can be seen of a local deployment that is as it must be, and finds each planted fault by its item, which says what was planted. A round plants several
/// at once, and no item but theirs may fail.
/// </summary>
internal static class GoLiveDrill
{
    // What no machine alone can show: copies of the database stand in other zones, and a real model costs money.
    private static readonly HashSet<string> Elsewhere = [.. Checklist.Sections.SelectMany(s => s.Items).Where(i => i.IsPersons).Select(i => i.Id), "database-copies", "real-models"];

    /// <summary>Runs it and prints a line for each part; 1 when a part failed.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        var report = new DrillReport(output);
        await report.AddAsync("every item that can fail has a planted fault", Unplanted());
        await using var production = await LocalProduction.StartAsync(cancellation);
        var arguments = new Dictionary<string, string>
        {
            ["--url"] = production.Address.ToString(), ["--prometheus"] = production.Prometheus.Address.ToString(), ["--alertmanager"] = production.Alertmanager.Address.ToString(), ["--grafana"] = production.Grafana.Address.ToString(),
            ["--documents"] = Path.Combine(SourceTree.Root, "docs"),
        };
        var healthy = await LookAsync(production, arguments, cancellation);
        var passed = healthy.Items.Count(i => i.State == "passed");
        await report.AddAsync($"a deployment that is as it must be: {passed} passed, 0 failed, {healthy.Items.Count - passed} for a person; exit code 3", healthy.UnlessHealthy(Elsewhere));
        var found = 0;
        foreach (var (number, round) in PlantedFaults.Rounds.Index())
            found += await PlantAsync(report, new Scene($"round-{number}", production, arguments), round, cancellation);
        await using (var mended = new Scene("mended", production, arguments))
        {
            mended.WatchAnew();
            await mended.SetAsync(cancellation);
            await report.AddAsync("everything mended: as in the beginning", (await LookAsync(production, mended.Arguments, cancellation)).UnlessHealthy(Elsewhere));
        }
        await report.SayAsync($"{found} of {PlantedFaults.Rounds.Sum(r => r.Count)} planted faults found, {began.Elapsed.TotalSeconds:0} s");
        return report.Failures == 0 ? 0 : 1;
    }

    private static async Task<int> PlantAsync(DrillReport report, Scene scene, IReadOnlyList<PlantedFault> round, CancellationToken cancellation)
    {
        if (!scene.Production.HasNetwork && round.Contains(DatabaseFaults.PlainSession))
        {
            await report.SayAsync("this machine has no network, so no session can come over one: the fault of database-tls is not planted");
            round = [.. round.Where(f => f != DatabaseFaults.PlainSession)];
        }
        Looked looked;
        await using (scene)
        {
            foreach (var fault in round)
                await fault.PlantAsync(scene, cancellation);
            await scene.SetAsync(cancellation);
            looked = await LookAsync(scene.Production, scene.Arguments, cancellation);
        }
        var found = 0;
        foreach (var fault in round)
        {
            var problem = looked.Unless(fault);
            found += problem is null ? 1 : 0;
            await report.AddAsync($"{fault.What}: {fault.Item} fails", problem);
            if (problem is null)
                await report.SayAsync(looked.Items.Single(i => i.Name == fault.Item).Evidence);
        }
        var follows = round.SelectMany(f => f.Follows).ToList();
        await report.AddAsync($"nothing else fails{(follows.Count == 0 ? "" : $" but {string.Join(", ", follows)}, which ask the same")}", looked.UnlessOnly(round));
        return found;
    }

    private static async Task<Looked> LookAsync(LocalProduction production, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellation) =>
        Looked.Read(await production.NaviAsync(["golive", "--json", .. arguments.SelectMany(a => new[] { a.Key, a.Value })], cancellation));

    // How many copies of the database there are, only a person can judge.
    private static string? Unplanted() =>
        Checklist.Sections.SelectMany(s => s.Items).Where(i => !i.IsPersons && i.Id != "database-copies").Select(i => i.Id).Except(PlantedFaults.Rounds.SelectMany(r => r).Select(f => f.Item)).ToList() is { Count: > 0 } missing
            ? $"       none for {string.Join(", ", missing)}" : null;
}
