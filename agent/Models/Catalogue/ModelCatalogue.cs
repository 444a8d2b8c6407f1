using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Navi.Agent.Loop;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Prices;
using Navi.Agent.Models.Routing;
using Navi.Platform.Tasks;

namespace Navi.Agent.Models.Catalogue;

/// <summary>Lists the models and tries one.</summary>
public sealed class ModelCatalogue
{
    private const int TestTokens = 256;
    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(2);
    private readonly ModelRoutes routes;
    private readonly ModelRouter router;
    private readonly PriceList prices;
    private readonly IOptions<LoopOptions> loop;

    internal ModelCatalogue(ModelRoutes routes, ModelRouter router, PriceList prices, IOptions<LoopOptions> loop)
    {
        this.routes = routes;
        this.router = router;
        this.prices = prices;
        this.loop = loop;
    }

    /// <summary>Day on which the price file's prices were true.</summary>
    public DateOnly PriceDate => prices.Date;

    /// <summary>Where the price file's prices were read.</summary>
    public string PriceSource => prices.Source;

    /// <summary>Every model in the order in which they are tried, then the providers in this process.</summary>
    public IReadOnlyList<ModelDescription> List()
    {
        var first = router.Choose(loop.Value.Provider, TaskMode.Auto).Names.FirstOrDefault();
        return [.. routes.All.Select(r => new ModelDescription(r.Name, r.Kind, r.Model, r.Endpoint?.Host, r.Modes, r.ContextWindow, r.MaxOutputTokens, r.Name == first, r.Price))];
    }

    /// <summary>Asks the model <paramref name="name"/> one small question, as often as a task would; each attempt is recorded for the organisation. Null when there is no such model.</summary>
    public async Task<ModelTest?> TestAsync(string name, string organisation, string user, CancellationToken cancellation)
    {
        if (routes.Find(name) is not { } route)
            return null;
        var attempts = new List<SettledAttempt>();
        var options = new ModelCall(null, organisation, user, null, ModelPhase.Test).PutInto(new ChatOptions { MaxOutputTokens = TestTokens });
        options.AdditionalProperties![SettledAttempt.LogKey] = attempts;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TestPatience);
        string? error = null;
        try
        {
            await router.ClientFor(name, TaskMode.Auto).GetResponseAsync([new ChatMessage(ChatRole.User, "Answer with the one word: ready")], options, limit.Token);
        }
        catch (ModelCallException e)
        {
            error = e.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            error = $"No answer within {TestPatience.TotalSeconds:0} seconds.";
        }
        var spent = attempts.Select(a => a.Spending).OfType<Spending>().ToList();
        return new ModelTest(
            error is null, route.Model, attempts.LastOrDefault()?.LatencyMs ?? 0, attempts.LastOrDefault()?.FirstTokenMs, spent.Count == 0 ? null : spent.Sum(s => s.Input),
            spent.Count == 0 ? null : spent.Sum(s => s.Output), spent.Count == 0 || spent.Any(s => s.InputCost is null) ? null : spent.Sum(s => s.InputCost + s.OutputCost), error);
    }
}
