using Microsoft.Extensions.Logging;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// Records what NAVI and its durable backend log as an error, so that one that no caller sees is not found in a log alone. An exception that the code reported itself, which knows more, is not recorded again.
/// </summary>
[ProviderAlias("NaviErrors")]
internal sealed class ErrorLoggerProvider(ErrorRecorder recorder) : ILoggerProvider
{
    // What other libraries log as an error comes to NAVI as an exception where it matters.
    private static readonly string[] Sources = ["Navi.", "Microsoft.DurableTask", "Microsoft.Azure.Functions", "DurableTask."];

    public ILogger CreateLogger(string categoryName) => new ErrorLogger(recorder, Sources.Any(s => categoryName.StartsWith(s, StringComparison.Ordinal)) ? categoryName[(categoryName.LastIndexOf('.') + 1)..] : null);

    public void Dispose()
    {
    }
}
