using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Benchmarks.Model.Kinds;
using Navi.LoadTests.Driving;
using Navi.LoadTests.World;
using Navi.Measuring;
using Navi.Measuring.Served;

namespace Navi.Benchmarks.Model;

/// <summary><c>navi bench model</c>: tasks with checked outcomes.</summary>
internal static partial class ModelBenchmark
{
    public const string Name = "model";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(ModelOptions options, CancellationToken cancellation)
    {
        var choice = ModelChoice.Of(options.Provider, Environment.GetEnvironmentVariables());
        await using var cluster = await PrivateCluster.StartAsync(cancellation);
        // Names and prices are told by NAVI itself, so that no secret of the configuration is ever read here.
        await using var simulated = choice.IsSimulated
            ? await SimulatedServer.StartAsync(cluster.Home, new { scripts = TaskKinds.Scripts, first_token = new { p50 = LoadWorld.FirstTokenP50, p95 = LoadWorld.FirstTokenP95 }, tokens_per_second = LoadWorld.TokensPerSecond }, cancellation) : null;
        await using var navi = await ServedNavi.StartAsync(new ServedOptions(cluster.ConnectionString, Path.Combine(cluster.Home, "home")) { Workers = true, Settings = simulated?.Settings ?? choice.Settings }, cancellation);
        using var http = LoadClient.Connect(navi.Address);
        var client = new LoadClient(http, navi.Token, new Recorder());
        var model = await DescribeAsync(client, choice, cancellation);
        var head = new RunHead(TimeProvider.System.GetUtcNow(), Machine.Described, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription);
        Say(new { Model = model, head.Date, head.Machine, head.Cores, head.Dotnet, options.Runs, options.AtOnce, options.MaxUsd }, $"{model}\n{head.Date:yyyy-MM-dd HH:mm} UTC · {head.Described}\n");

        var began = Stopwatch.GetTimestamp();
        await using var records = new AttemptRecords(cluster.ConnectionString);
        using var bounds = new RunBounds(records, options, cancellation);
        var run = new ModelRun(client, cluster.Home, choice.Provider, options.TaskLimit);
        var results = new List<RunResult>();
        await Parallel.ForEachAsync(Enumerable.Range(1, options.Runs), new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce }, async (number, _) =>
        {
            if (bounds.Reached is not null)
                return;
            var result = await run.RunAsync(number, TaskKinds.All[(number - 1) % TaskKinds.All.Count], bounds.Stopping);
            lock (results)
            {
                results.Add(result);
                Say(result, $"{number,4} {result.Kind,-24} {result.StopReason,-20} {result.Seconds,7:0.0} s  {(result.Delivered ? "delivered" : result.Fault)}");
            }
        });
        var stopped = results.Count < options.Runs || results.Exists(r => r.StopReason == "cancelled") ? bounds.Reached : null;
        var summary = ModelSums.Of(options.Runs, results, await records.ReadAsync(CancellationToken.None), Stopwatch.GetElapsedTime(began), stopped);
        var text = ModelText.Of(model, head, summary, results);
        Say(summary, $"\n{text}");
        if (options.Documents is { } directory)
            ModelDocumentText.In(directory).Write(Section(choice), head, $"./navi bench model {options.Asked}", text);
        cancellation.ThrowIfCancellationRequested();
        return summary.Delivered == options.Runs ? 0 : 1;

        void Say<T>(T value, string line) => Console.Out.WriteLine(options.Json ? JsonSerializer.Serialize(value, Json) : line);
    }

    /// <exception cref="UsageException">What a task costs could not be bounded.</exception>
    private static async Task<string> DescribeAsync(LoadClient client, ModelChoice choice, CancellationToken cancellation)
    {
        if (choice.IsSimulated)
            return "Simulated provider: no real model takes part; a script that knows the answers speaks in its place";
        var told = await client.SendAsync("GET /v1/models", HttpMethod.Get, "/v1/models", null, Stopwatch.GetTimestamp(), cancellation) ?? throw new InvalidOperationException("NAVI does not tell its models.");
        var models = JsonElement.Parse(told).GetProperty("items").EnumerateArray().Where(m => choice.Provider == "auto" || m.GetProperty("name").GetString() == choice.Provider).ToList();
        foreach (var unpriced in models.Where(m => !m.TryGetProperty("prices", out _)))
        {
            throw new UsageException($"The model '{unpriced.GetProperty("name")}' has no known price, so --max-usd could not hold: set Navi__Models__Entries__N__Prices__Input and Prices__Output (0 where it costs nothing).");
        }
        return string.Join(", ", models.Select(m => $"{m.GetProperty("name")} ({m.GetProperty("kind")}, {m.GetProperty("model")}{(m.TryGetProperty("endpoint", out var endpoint) ? $", {endpoint}" : "")})"));
    }

    private static string Section(ModelChoice choice) => choice.IsSimulated ? ModelChoice.SimulatedName : $"model-{Odd().Replace(choice.Provider.ToLowerInvariant(), "-")}";

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Odd();
}
