using Navi.Benchmarks.Api;
using Navi.Benchmarks.Durable;
using Navi.Benchmarks.Durable.Running;
using Navi.Benchmarks.Model;
using Navi.Benchmarks.Tools;
using Navi.LoadTests;
using Navi.Measuring;
using Navi.Measuring.Served;
using Navi.Portable.Host;

// The served NAVI is ended by the benchmark, which has things to ask of it when it is interrupted.
if (args is [ServedNavi.Command])
    return await ServedNavi.ServeAsync();
if (args is [WorkerProcess.Command])
    return await WorkerProcess.ServeAsync();

using var signals = new ProcessSignals();
try
{
    return args switch
    {
        ["api", .. var rest] => await ApiBenchmark.RunAsync(ApiOptions.Parse(rest), signals.Asked),
        [DurableBenchmark.Name, .. var rest] => await DurableBenchmark.RunAsync(DurableBenchOptions.Parse(rest), signals.Asked),
        [LoadBenchmark.Name, .. var rest] => await LoadBenchmark.RunAsync(LoadOptions.Parse(rest), signals.Asked),
        [ToolsBenchmark.Name, .. var rest] => await ToolsBenchmark.RunAsync(ToolsOptions.Parse(rest), signals.Asked),
        [ModelBenchmark.Name, .. var rest] => await ModelBenchmark.RunAsync(ModelOptions.Parse(rest), signals.Asked),
        _ => throw new UsageException(args.Length == 0 ? "Which benchmark?" : $"There is no benchmark '{args[0]}'."),
    };
}
catch (UsageException e)
{
    var usage = args is [LoadBenchmark.Name, ..] ? LoadOptions.Usage : args is [ModelBenchmark.Name, ..] ? ModelOptions.Usage : args is [ApiBenchmark.Name, ..] ? ApiOptions.Usage
        : args is [DurableBenchmark.Name, ..] ? DurableBenchOptions.Usage : args is [ToolsBenchmark.Name, ..] ? ToolsOptions.Usage
        : $"{ApiOptions.Usage}\n\n{DurableBenchOptions.Usage}\n\n{LoadOptions.Usage}\n\n{ModelOptions.Usage}\n\n{ToolsOptions.Usage}";
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{usage}");
    return 2;
}
catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return 130;
}
