using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Cli.GoLive.Checks;

/// <summary>What this release's documents record of measurements; their sections are printed by the commands named in them.</summary>
internal static partial class RecordChecks
{
    private const int LeastTasks = 100;
    private const double MostCallSeconds = 5;
    private static readonly string[] Loads = ["10", "50", "100", "spike"];

    /// <summary>A hundred tasks with a real model, and how long its calls took.</summary>
    public static async Task<Verdict> RealModelsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var runs = Sections(await ReadAsync(target, "PERFORMANCE_BENCHMARKS.md", cancellation)).Where(s => !s.Key.StartsWith("simulated", StringComparison.Ordinal)).ToList();
        if (runs.Count == 0)
            return Verdict.Person("docs/PERFORMANCE_BENCHMARKS.md has no run with a real model: run 'navi bench model --runs 100 --write' with yours, and judge it");
        var good = new List<string>();
        var wrong = new List<string>();
        foreach (var (name, text) in runs)
        {
            var tasks = Tasks().Match(text);
            var calls = Calls().Match(text);
            if (!tasks.Success || !calls.Success)
            {
                wrong.Add($"{name}: its figures can't be read");
                continue;
            }
            var (begun, delivered, p95) = (int.Parse(tasks.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(tasks.Groups[2].Value, CultureInfo.InvariantCulture), double.Parse(calls.Groups[1].Value, CultureInfo.InvariantCulture));
            (begun >= LeastTasks && delivered == begun && text.Contains("; 0 that NAVI calls completed are not", StringComparison.Ordinal) && p95 < MostCallSeconds ? good : wrong).Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {delivered} of {begun} tasks delivered, calls p95 {p95:0.00} s"));
        }
        return good.Count > 0 ? Verdict.Passed(string.Join("; ", good)) : Verdict.Failed($"none has {LeastTasks} tasks, all delivered and none called completed wrongly, with calls below {MostCallSeconds:0} s at p95: {string.Join("; ", wrong)}");
    }

    /// <summary>Load by 10, 50 and 100 users and a spike, without a failure.</summary>
    public static async Task<Verdict> LoadAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var sections = Sections(await ReadAsync(target, "LOAD_TEST_RESULTS.md", cancellation));
        var (wrong, seen) = (new List<string>(), new List<string>());
        foreach (var load in Loads)
        {
            if (!sections.TryGetValue(load, out var text) || Requests().Match(text) is not { Success: true } requests)
                wrong.Add($"docs/LOAD_TEST_RESULTS.md has no run '{load}' (navi bench load --scenario {load} --write)");
            else if (FailedTasks().Match(text) is not { Success: true } tasks || tasks.Groups[1].Value != "0")
                wrong.Add($"'{load}' had tasks that failed");
            else if (requests.Groups[2].Value != "0")
                wrong.Add($"'{load}' had {requests.Groups[2].Value} failures in {requests.Groups[1].Value} requests");
            else
                seen.Add($"{load}: {requests.Groups[1].Value} requests, p95 {requests.Groups[3].Value} ms");
        }
        return Verdict.Of(wrong, string.Join("; ", seen));
    }

    private static async Task<string> ReadAsync(GoLiveTarget target, string name, CancellationToken cancellation)
    {
        var file = Path.Combine(target.Documents!, name);
        return File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation) : throw new GoLiveFailure($"{file} is not there: --documents must name the directory docs/ of the release");
    }

    private static Dictionary<string, string> Sections(string document) => Section().Matches(document).GroupBy(m => m.Groups["name"].Value).ToDictionary(g => g.Key, g => g.Last().Groups["text"].Value);

    [GeneratedRegex("<!-- measured: (?<name>[^ ]+) -->(?<text>.*?)<!-- end of \\k<name> -->", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"\b\d+ of (\d+) tasks begun; \*\*(\d+) delivered")]
    private static partial Regex Tasks();

    [GeneratedRegex(@"^\| model call \| \d+ \| [0-9.]+ \| ([0-9.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Calls();

    [GeneratedRegex(@"^\* Tasks: \d+ begun \([^)]*\), (\d+) failed;", RegexOptions.Multiline)]
    private static partial Regex FailedTasks();

    [GeneratedRegex(@"^\| \*\*all\*\* \| (\d+) \| (\d+) \| [0-9.]+ \| [0-9.]+ \| ([0-9.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Requests();
}
