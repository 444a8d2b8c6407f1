using Navi.Agent.Models.Prices;

namespace Navi.Functions.Models;

/// <summary>Prices per million tokens as the API shows them.</summary>
internal sealed record ModelPriceView(decimal Input, decimal CachedInput, decimal Output, string Currency, DateOnly? Date, string Source)
{
    public static ModelPriceView Of(ModelPrice price) => new(price.Input, price.CachedInput, price.Output, "USD", price.Date, price.Source);
}
