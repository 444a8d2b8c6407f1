using System.Diagnostics;
using System.Text.Json;
using Navi.Cli.GoLive;
using Navi.Drills.Monitoring;
using Navi.Testing;

namespace Navi.Drills.GoLive;

/// <summary><c>navi drill golive</c>: <c>navi golive</c> passes what can be seen of a local deployment that is as it must be, and finds each of twelve planted faults by its item and by no other.</summary>
internal static class GoLiveDrill
{
    // What no machine alone can show: Grafana is not among its programs, copies of the database stand in other zones, and a real model costs money.
    private static readonly HashSet<string> Elsewhere = [.. Checklist.Sections.SelectMany(s => s.Items).Where(i => i.IsPersons).Select(i => i.Id), "database-copies", "dashboards", "real-models"];

    /// <summary>Runs it and prints a line for each part; 1 when a part failed.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        var report = new DrillReport(output);
        await using var production = await LocalProduction.StartAsync(cancellation);
        var arguments = new Dictionary<string, string>
        {
            ["--url"] = production.Address.ToString(), ["--prometheus"] = production.Prometheus.Address.ToString(), ["--alertmanager"] = production.Alertmanager.Address.ToString(), ["--documents"] = Path.Combine(SourceTree.Root, "docs"),
        };
        var healthy = await LookAsync(production, arguments, cancellation);
        var passed = healthy.Items.Count(i => i.State == "passed");
        await report.AddAsync($"a deployment that is as it must be: {passed} passed, 0 failed, {healthy.Items.Count - passed} for a person; exit code 3", Healthy(healthy));
        foreach (var fault in new PlantedFaults(production, arguments).All)
        {
            Looked found;
            try
            {
                var changed = await fault.PlantAsync(cancellation);
                found = await LookAsync(production, arguments.ToDictionary(a => a.Key, a => changed.GetValueOrDefault(a.Key, a.Value)), cancellation);
            }
            finally
            {
                await fault.MendAsync(CancellationToken.None);
            }
            await report.AddAsync($"{fault.What}: {fault.Item} fails, nothing else", Found(fault.Item, found));
            if (found.Items.FirstOrDefault(i => i.Name == fault.Item) is { State: "failed" } item)
                await report.SayAsync(item.Evidence);
        }
        await report.AddAsync("everything mended: as in the beginning", Healthy(await LookAsync(production, arguments, cancellation)));
        await report.SayAsync($"{began.Elapsed.TotalSeconds:0} s");
        return report.Failures == 0 ? 0 : 1;
    }

    private static async Task<Looked> LookAsync(LocalProduction production, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellation)
    {
        var ended = await production.NaviAsync(["golive", "--json", .. arguments.SelectMany(a => new[] { a.Key, a.Value })], cancellation);
        try
        {
            return new Looked(ended.ExitCode, [.. JsonElement.Parse(ended.Output).GetProperty("items").EnumerateArray().Select(i => new Looked.Item(i.GetProperty("item").GetString()!, i.GetProperty("state").GetString()!, i.GetProperty("evidence").GetString()!))]);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"navi golive ended with {ended.ExitCode}: {ended.Output}");
        }
    }

    private static string? Healthy(Looked looked)
    {
        var wrong = looked.Items.Where(i => i.State != (Elsewhere.Contains(i.Name) ? "person" : "passed")).Select(i => $"       {i.Name} {i.State}: {i.Evidence}").ToList();
        if (looked.ExitCode != 3)
            wrong.Add($"       the exit code is {looked.ExitCode}");
        return wrong.Count == 0 ? null : string.Join('\n', wrong);
    }

    private static string? Found(string expected, Looked looked)
    {
        var failed = looked.Items.Where(i => i.State == "failed").ToList();
        return failed is [var one] && one.Name == expected && looked.ExitCode == 1 ? null : $"       exit code {looked.ExitCode}; failed: {string.Join("; ", failed.Select(f => $"{f.Name}: {f.Evidence}"))}";
    }

    private sealed record Looked(int ExitCode, IReadOnlyList<Looked.Item> Items)
    {
        internal sealed record Item(string Name, string State, string Evidence);
    }
}
