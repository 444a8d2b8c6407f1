using Microsoft.Extensions.AI;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Agent.Models.Routing;

/// <summary>The one way to a model: chooses by provider and mode, and hands out a client that retries, fails over and records every attempt.</summary>
public sealed class ModelRouter
{
    /// <summary>The provider that leaves the choice to the order of the configuration.</summary>
    public const string Auto = "auto";

    /// <summary>The provider without a model, used by <see cref="Auto"/> when no model is configured.</summary>
    public const string Rules = "rules";

    private readonly ModelRoutes routes;
    private readonly ErrorRecorder errors;

    internal ModelRouter(ModelRoutes routes, ErrorRecorder errors)
    {
        this.routes = routes;
        this.errors = errors;
    }

    /// <summary>A model is configured; without one <see cref="Auto"/> means <see cref="Rules"/>.</summary>
    public bool HasEntries => routes.All.Any(r => r.IsEntry);

    /// <summary>Providers that a task may name.</summary>
    public IReadOnlyList<string> Providers => [Auto, .. routes.All.Select(r => r.Name)];

    /// <summary>What serves tasks of this provider and mode; a refusal is a value.</summary>
    public ModelChoice Choose(string provider, string mode)
    {
        if (!TaskMode.All.Contains(mode))
            return new ModelChoice(provider, [], "mode", $"'{Shown(mode)}' is no mode.", $"One of {string.Join(", ", TaskMode.All)}.");
        // In private mode nobody is chosen silently: a caller who asks for a private model must get one or be told.
        if (provider == Auto && !HasEntries && mode != TaskMode.Private)
            return new ModelChoice(Rules, [Rules]);
        if (provider != Auto && routes.Find(provider) is null)
            return new ModelChoice(provider, [], "provider", $"The model provider '{Shown(provider)}' is not configured.", $"Configured: {string.Join(", ", Providers)}.");
        var serving = Serving(provider, mode).Select(r => r.Name).ToList();
        return serving.Count > 0
            ? new ModelChoice(provider, serving)
            : provider == Auto
                ? new ModelChoice(provider, [], "mode", $"No configured model serves the mode '{mode}'.", "Mark one with it (Navi:Models:Entries:N:Modes), or choose another mode.")
                : new ModelChoice(provider, [], "mode", $"The model provider '{provider}' does not serve the mode '{mode}'.", $"It serves {string.Join(", ", routes.Find(provider)!.Modes)}.");
    }

    /// <summary>A client for the task's provider and mode. Its options must carry a <see cref="Calls.ModelCall"/>; it throws <see cref="ModelCallException"/> alone when models fail.</summary>
    public IChatClient ClientFor(TaskRow task) => ClientFor(task.Provider, task.Mode);

    /// <summary>As the other overload, for a call that belongs to no task.</summary>
    public IChatClient ClientFor(string provider, string mode)
    {
        var choice = Choose(provider, mode);
        return new RoutedChatClient(choice, [.. choice.Names.Select(n => routes.Find(n)!)], provider, mode, errors);
    }

    /// <summary>Tokens that every model which may serve the task can read; null when nobody has told.</summary>
    public int? ContextWindowOf(TaskRow task) => Choose(task.Provider, task.Mode).Names.Min(n => routes.Find(n)!.ContextWindow);

    /// <summary>Most tokens that every model which may serve the task writes; null when nobody has told.</summary>
    public int? MaxOutputTokensOf(TaskRow task) => Choose(task.Provider, task.Mode).Names.Min(n => routes.Find(n)!.MaxOutputTokens);

    private static string Shown(string value) => value.Length <= 80 ? value : value[..77] + "...";

    private IEnumerable<ModelRoute> Serving(string provider, string mode) =>
        routes.All.Where(r => (provider == Auto ? r.IsEntry : r.Name == provider) && (mode == TaskMode.Auto || r.Modes.Contains(mode)));
}
