using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>The first provider's process is gone: connections to it are refused.</summary>
internal sealed class ProviderDown : IFault
{
    public string Name => "provider-down";

    public string Injection => "The process of the simulated provider behind the model `main` is killed; its address refuses connections from then on.";

    public IReadOnlyList<string> Alerts => ["NaviModelProviderFailing"];

    public string Runbook => "llm-api-outage";

    public IReadOnlyList<string> Also => ["model-provider-failing", "model-circuit-open", "model-throttled", "model-slow", "task-error-burn", "task-success-low", "errors-new"];

    public Task InjectAsync(Stage stage, CancellationToken cancellation) => stage.Main.KillAsync();

    public async Task RestoreAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Main.RestartAsync(Scenarios.Quick(), cancellation);
        stage.WriteSettings();
        await stage.RestartAsync(cancellation);
    }
}
