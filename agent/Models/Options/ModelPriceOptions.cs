namespace Navi.Agent.Models.Options;

/// <summary>Prices of one entry in US dollars per million tokens.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>Tokens read. Required.</summary>
    public decimal? Input { get; set; }

    /// <summary>Tokens read from the provider's cache. Default <see cref="Input"/>.</summary>
    public decimal? CachedInput { get; set; }

    /// <summary>Tokens written. Required.</summary>
    public decimal? Output { get; set; }
}
