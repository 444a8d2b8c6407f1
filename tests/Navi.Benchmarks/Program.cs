using Navi.Benchmarks.Api;
using Navi.LoadTests;
using Navi.Measuring;
using Navi.Measuring.Served;
using Navi.Portable.Host;

using var signals = new ProcessSignals();
try
{
    return args switch
    {
        ["api", .. var rest] => await ApiBenchmark.RunAsync(ApiOptions.Parse(rest), signals.Asked),
        [LoadBenchmark.Name, .. var rest] => await LoadBenchmark.RunAsync(LoadOptions.Parse(rest), signals.Asked),
        [ServedNavi.Command] => await ServedNavi.ServeAsync(signals.Asked),
        _ => throw new UsageException(args.Length == 0 ? "Which benchmark?" : $"There is no benchmark '{args[0]}'."),
    };
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{(args is [LoadBenchmark.Name, ..] ? LoadOptions.Usage : $"{ApiOptions.Usage}\n\n{LoadOptions.Usage}")}");
    return 2;
}
catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return 130;
}
