using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Navi.Agent.Models.Prices;
using Navi.Agent.Models.Providers;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry;

namespace Navi.Agent.Models.Options;

/// <summary>Stops a start with models that could not be called, each problem by the option's name and value. No message holds a key.</summary>
internal sealed partial class ModelsOptionsValidator(IEnumerable<IModelKind> kinds, IEnumerable<ModelProvider> providers, Operators operators) : IValidateOptions<ModelsOptions>
{
    private static readonly string[] Reserved = ["auto"];

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var problems = new List<string>();
        Bounds(problems, ModelsOptions.Section, nameof(options.MaxAttempts), options.MaxAttempts, 1, 10);
        Bounds(problems, ModelsOptions.Section, nameof(options.BreakerFailures), options.BreakerFailures, 2, 1000);
        Bounds(problems, ModelsOptions.Section, nameof(options.RetryDelay), options.RetryDelay, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Bounds(problems, ModelsOptions.Section, nameof(options.MaxRetryAfter), options.MaxRetryAfter, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Bounds(problems, ModelsOptions.Section, nameof(options.BreakDuration), options.BreakDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        for (var i = 0; i < options.Entries.Count; i++)
            problems.AddRange(Entry(options.Entries[i], $"{ModelsOptions.Section}:Entries:{i}"));
        problems.AddRange(options.Entries.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => $"{ModelsOptions.Section}:Entries has the name '{g.Key}' {g.Count()} times; each model needs its own."));
        if (options.PriceFile is { Length: > 0 } file && PriceList.Problem(file) is { } problem)
            problems.Add($"{ModelsOptions.Section}:PriceFile is '{file}': {problem}");
        if (options.RecordTo is { Length: > 0 } record && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(record))))
            problems.Add($"{ModelsOptions.Section}:RecordTo is '{record}': its directory does not exist.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Entry(ModelEntry entry, string at)
    {
        var problems = new List<string>();
        if (!NamePattern().IsMatch(entry.Name))
            problems.Add($"{at}:Name is '{entry.Name}'; it needs 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit.");
        else if (Reserved.Concat(providers.Select(p => p.Name)).Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
            problems.Add($"{at}:Name is '{entry.Name}', which NAVI uses itself; choose another.");
        var kind = kinds.FirstOrDefault(k => k.Name == entry.Kind);
        if (kind is null)
            problems.Add($"{at}:Kind is '{entry.Kind}'; it must be one of {string.Join(", ", kinds.Select(k => k.Name))}.");
        else
            problems.AddRange(kind.Problems(entry).Select(p => $"{at}:{p}"));
        if (entry.ApiKeySecret is { Length: > 0 } && operators.Organisation is null)
            problems.Add($"{at}:ApiKeySecret is set, but Navi:Telemetry:Organisation is missing: it must name the organisation that runs this installation, whose secret it is.");
        if (string.IsNullOrWhiteSpace(entry.Model))
            problems.Add($"{at}:Model is missing: give the provider's name of the model, or of the deployment.");
        if (entry.Modes.FirstOrDefault(m => m is not (TaskMode.Fast or TaskMode.Deep or TaskMode.Private)) is { } mode)
            problems.Add($"{at}:Modes has '{mode}'; it may have fast, deep and private.");
        Bounds(problems, at, nameof(entry.ContextWindow), entry.ContextWindow, 1_024, 10_000_000);
        Bounds(problems, at, nameof(entry.MaxOutputTokens), entry.MaxOutputTokens, 1, Math.Max(1, entry.ContextWindow));
        Bounds(problems, at, nameof(entry.MaxConcurrency), entry.MaxConcurrency, 1, 1000);
        Bounds(problems, at, nameof(entry.FirstTokenTimeout), entry.FirstTokenTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Bounds(problems, at, nameof(entry.IdleTimeout), entry.IdleTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Bounds(problems, at, nameof(entry.CallTimeout), entry.CallTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(30));
        if (entry.Prices is { } prices)
        {
            Price(problems, at, nameof(prices.Input), prices.Input, true);
            Price(problems, at, nameof(prices.Output), prices.Output, true);
            Price(problems, at, nameof(prices.CachedInput), prices.CachedInput, false);
        }
        return problems;
    }

    private static void Price(List<string> problems, string at, string option, decimal? value, bool required)
    {
        if (value is null ? required : value is < 0 or > 100_000)
            problems.Add($"{at}:Prices:{option} is {(value is null ? "missing" : $"{value}")}; it must be US dollars per million tokens, from 0 to 100000.");
    }

    private static void Bounds<T>(List<string> problems, string at, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            problems.Add($"{at}:{option} is {value}; it must be from {least} to {most}.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    private static partial Regex NamePattern();
}
