namespace Navi.Agent.Models.Options;

/// <summary>The models that tasks may use. Configuration section <c>Navi:Models</c>.</summary>
public sealed class ModelsOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Models";

    /// <summary>The models, in the order in which they are tried. Default none: then NAVI works with <c>rules</c>, which needs no model.</summary>
    public IList<ModelEntry> Entries { get; } = [];

    /// <summary>Most attempts at one model before the next one is tried. Default 3; from 1 to 10.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Wait before the second attempt at a model; it doubles for each further one, with jitter. Default 1 second; at most 1 minute.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait that a provider may ask for by Retry-After; when it asks for more, the next model is tried at once. Default 30 seconds; at most 5 minutes.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures within a minute, at least half of all attempts, after which a model is left alone for <see cref="BreakDuration"/>. Default 5; from 2 to 1000.</summary>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>How long a failing model is left alone. Default 30 seconds; from 1 second to 1 hour.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A price file that replaces the one NAVI carries, of the same form. Default none.</summary>
    public string? PriceFile { get; set; }

    /// <summary>
    /// A file to which every answer is appended with what was asked, for the kind <c>replay</c>; its directory must exist. It holds whole conversations, so keep it as you keep the repositories;
    /// keys are never in it. Default none: nothing is recorded.
    /// </summary>
    public string? RecordTo { get; set; }
}
