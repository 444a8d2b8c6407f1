using Microsoft.Extensions.AI;
using Navi.Agent.Models.Prices;

namespace Navi.Agent.Models.Metering;

/// <summary>Tokens and money of one attempt.</summary>
/// <param name="Input">Tokens read, cached ones included.</param>
/// <param name="Cached">Tokens of them that came from the provider's cache.</param>
/// <param name="Output">Tokens written.</param>
/// <param name="InputCost">US dollars of the tokens read; null when the price is unknown.</param>
/// <param name="OutputCost">US dollars of the tokens written; null when the price is unknown.</param>
internal sealed record Spending(long Input, long Cached, long Output, decimal? InputCost, decimal? OutputCost)
{
    /// <summary>The attempt's spending; null when the provider told no tokens.</summary>
    public static Spending? Of(UsageDetails? usage, ModelPrice? price)
    {
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null))
            return null;
        var input = Math.Max(0, usage.InputTokenCount ?? 0);
        var cached = Math.Clamp(usage.CachedInputTokenCount ?? 0, 0, input);
        var output = Math.Max(0, usage.OutputTokenCount ?? 0);
        var cost = price?.Of(input, cached, output);
        return new Spending(input, cached, output, cost?.Input, cost?.Output);
    }
}
