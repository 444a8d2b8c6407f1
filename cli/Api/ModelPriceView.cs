namespace Navi.Cli.Api;

/// <summary>Prices per million tokens.</summary>
internal sealed record ModelPriceView(decimal Input, decimal CachedInput, decimal Output, string Currency, DateOnly? Date, string Source);
