using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Navi.LoadTests.Costs;
using Navi.LoadTests.Reporting;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.Watching;
using Navi.Measuring;

namespace Navi.LoadTests;

/// <summary><c>navi bench load</c>: the scenarios one after the other.</summary>
internal static class LoadBenchmark
{
    public const string Name = "load";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new UsageException("'load' reads processor time from Linux's /proc; this system has none.");
        SandboxTimes.Begin();
        var head = new RunHead(TimeProvider.System.GetUtcNow(), Machine.Described, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription);
        var document = options.Documents is { } directory ? LoadDocumentText.In(directory) : null;
        Console.Out.WriteLine(options.Json ? JsonSerializer.Serialize(head, Json) : $"{head.Date:yyyy-MM-dd HH:mm} UTC · {head.Described}\n");
        var errors = 0;
        foreach (var name in options.Scenarios)
        {
            var result = await ScenarioRun.RunAsync(LoadScenarios.Of(name, options.Length), options, cancellation);
            Say(name, $"--scenario {name}", result, ScenarioText.Of(result));
            errors += result.Errors;
        }
        if (options.UnitCosts)
        {
            var costs = await UnitCostRun.RunAsync(options, cancellation);
            Say("unit-costs", "--unit-costs", costs, UnitCostText.Of(costs));
            if (options.Documents is { } documents && costs.Errors == 0)
                CapacityText.In(documents).Write("capacity", head, $"./navi bench load --unit-costs --write{options.Further}", CapacityText.Of(costs));
            errors += costs.Errors;
        }
        if (options.TelemetryCost)
        {
            var cost = await TelemetryCostRun.RunAsync(options, cancellation);
            Say("telemetry-cost", "--telemetry-cost", cost, TelemetryCostText.Of(cost));
            errors += cost.Errors;
        }
        return errors == 0 ? 0 : 1;

        void Say<T>(string section, string asked, T value, string text)
        {
            text = options.Titled(text);
            Console.Out.WriteLine(options.Json ? JsonSerializer.Serialize(value, Json) : text);
            document?.Write(options.Section(section), head, $"./navi bench load {asked}{options.Further}", text);
        }
    }
}
