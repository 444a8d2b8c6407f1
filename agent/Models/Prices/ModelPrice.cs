namespace Navi.Agent.Models.Prices;

/// <summary>Price of a model.</summary>
/// <param name="Input">US dollars per million tokens read.</param>
/// <param name="CachedInput">US dollars per million tokens read from the provider's cache.</param>
/// <param name="Output">US dollars per million tokens written.</param>
/// <param name="Date">Day on which the price was true; null for one from the configuration.</param>
/// <param name="Source">Where it was read; <c>configuration</c> for one from there.</param>
/// <param name="UpToInput">Most tokens read for which it holds: providers charge longer calls by another tariff, which is not known here. Null for any.</param>
public sealed record ModelPrice(decimal Input, decimal CachedInput, decimal Output, DateOnly? Date, string Source, long? UpToInput = null)
{
    /// <summary>What costs nothing because no provider is paid.</summary>
    public static ModelPrice Free { get; } = new(0, 0, 0, null, "free");

    /// <summary>
    /// US dollars of one call, null when it is too long for this price: input and output, each rounded to 8 places, half away from zero. Sums of calls are sums of these and are not rounded again.
    /// </summary>
    /// <param name="input">Tokens read, cached ones included.</param>
    /// <param name="cached">Tokens of them that came from the cache.</param>
    /// <param name="output">Tokens written.</param>
    public (decimal Input, decimal Output)? Of(long input, long cached, long output)
    {
        if (input > UpToInput)
            return null;
        const decimal million = 1_000_000m;
        return (Round((((input - cached) * Input) + (cached * CachedInput)) / million), Round(output * Output / million));
    }

    private static decimal Round(decimal amount) => Math.Round(amount, 8, MidpointRounding.AwayFromZero);
}
