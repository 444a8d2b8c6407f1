using System.Text.Json;
using Microsoft.Extensions.Options;
using Navi.Agent.Models.Options;
using Navi.Platform.Json;

namespace Navi.Agent.Models.Prices;

/// <summary>The price file: the one that NAVI carries, or the one that <see cref="ModelsOptions.PriceFile"/> names. A model that it does not know has no price.</summary>
internal sealed class PriceList
{
    private const string Carried = "Navi.Agent.prices.json";
    private readonly Dictionary<string, ModelPrice> prices;

    public PriceList(IOptions<ModelsOptions> options)
    {
        var file = options.Value.PriceFile is { Length: > 0 } given ? Parse(File.ReadAllText(given)) : Read();
        (Date, Source) = (file.Date, file.Source);
        prices = file.Models.ToDictionary(
            m => m.Key, m => new ModelPrice(m.Value.Input, m.Value.CachedInput ?? m.Value.Input, m.Value.Output, file.Date, m.Value.Source ?? file.Source, m.Value.UpToInput), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Day on which the file's prices were true.</summary>
    public DateOnly Date { get; }

    /// <summary>Where they were read.</summary>
    public string Source { get; }

    /// <summary>The price of an entry; null when nobody has told it.</summary>
    public ModelPrice? Of(ModelEntry entry) => entry.Prices is { Input: { } input, Output: { } output } own
        ? new ModelPrice(input, own.CachedInput ?? input, output, null, "configuration")
        : prices.GetValueOrDefault(entry.BaseModel ?? entry.Model);

    /// <summary>What is wrong with a price file; null when nothing is.</summary>
    public static string? Problem(string path)
    {
        try
        {
            Parse(File.ReadAllText(path));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            return e.Message;
        }
    }

    private static PriceFile Read()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream(Carried)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static PriceFile Parse(string json)
    {
        var file = JsonSerializer.Deserialize<PriceFile>(json, NaviJson.Options) ?? throw new InvalidDataException("it is null.");
        if (file.Date == default || string.IsNullOrWhiteSpace(file.Source) || file.Models is null)
            throw new InvalidDataException("it needs 'date', 'source' and 'models'.");
        if (file.Currency != "USD")
            throw new InvalidDataException($"its currency is '{file.Currency}'; only USD is understood.");
        if (file.Models.FirstOrDefault(m => m.Value is null || Math.Min(m.Value.Input, Math.Min(m.Value.Output, m.Value.CachedInput ?? 0)) < 0).Key is { } wrong)
            throw new InvalidDataException($"the model '{wrong}' has a negative price or none.");
        return file;
    }

    private sealed record PriceFile(DateOnly Date, string Source, string Currency, Dictionary<string, PriceLine> Models);

    private sealed record PriceLine(decimal Input, decimal? CachedInput, decimal Output, long? UpToInput, string? Source);
}
