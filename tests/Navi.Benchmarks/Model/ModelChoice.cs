using System.Collections;
using Navi.Measuring;

namespace Navi.Benchmarks.Model;

/// <summary>Which model is measured.</summary>
/// <param name="Provider">What tasks name.</param>
/// <param name="Settings">The configured models, as environment variables of NAVI; empty for the simulated one.</param>
internal sealed record ModelChoice(string Provider, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The word for the simulated provider.</summary>
    public const string SimulatedName = "simulated";

    private const string Prefix = "Navi__Models__";

    public bool IsSimulated => Settings.Count == 0;

    /// <summary>Chooses by the command line and the environment.</summary>
    /// <exception cref="UsageException">The name is not configured.</exception>
    public static ModelChoice Of(string? asked, IDictionary environment)
    {
        var settings = environment.Cast<DictionaryEntry>().Select(e => ((string)e.Key, (string?)e.Value ?? "")).Where(e => e.Item1.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToDictionary(e => e.Item1, e => e.Item2);
        var names = settings.Where(s => s.Key.StartsWith($"{Prefix}Entries__", StringComparison.OrdinalIgnoreCase) && s.Key.EndsWith("__Name", StringComparison.OrdinalIgnoreCase)).Select(s => s.Value).ToList();
        return asked switch
        {
            SimulatedName => new ModelChoice(SimulatedName, new Dictionary<string, string>()),
            null when names.Count == 0 => new ModelChoice(SimulatedName, new Dictionary<string, string>()),
            null or "auto" when names.Count > 0 => new ModelChoice("auto", settings),
            not null when names.Contains(asked) => new ModelChoice(asked, settings),
            _ => throw new UsageException(names.Count == 0
                ? $"--provider: '{asked}' is not configured: the environment has no Navi__Models__Entries__0__Name."
                : $"--provider: '{asked}' is none of the configured models {string.Join(", ", names)}, auto, {SimulatedName}."),
        };
    }
}
