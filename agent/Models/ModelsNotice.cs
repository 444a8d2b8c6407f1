using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models;

/// <summary>Says at start which models there are, so that nobody takes <c>rules</c> for a model.</summary>
internal sealed partial class ModelsNotice(ModelRoutes routes, ILogger<ModelsNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var entries = routes.All.Where(r => r.IsEntry).Select(r => r.Name).ToList();
        if (entries.Count == 0)
            LogNone();
        else
            LogOrder(string.Join(", ", entries));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(5101, LogLevel.Information, "No model is configured (Navi:Models:Entries): tasks are done by 'rules', which needs none and knows a small family of tasks.")]
    private partial void LogNone();

    [LoggerMessage(5102, LogLevel.Information, "Models, in the order in which they are tried: {Models}.")]
    private partial void LogOrder(string models);
}
