using System.ComponentModel.DataAnnotations;

namespace Navi.Orchestrations.Probe;

/// <summary>The synthetic probe: a tiny task that NAVI gives itself every five minutes. Configuration section <c>Navi:Probe</c>.</summary>
public sealed class ProbeOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Probe";

    /// <summary>Small git repository whose tests the probe runs, such as one file and one passing test: an http or https URL, or in Local a directory. Default none: then there is no probe.</summary>
    [StringLength(2000, ErrorMessage = "Navi:Probe:Repository is longer than 2000 characters.")]
    public string Repository { get; set; } = "";

    /// <summary>How long the probe's task may take before it counts as failed and is cancelled. Default one minute; at most three and a half, because Azure lets no request wait four.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:03:30", ErrorMessage = "Navi:Probe:Patience must be from 00:00:05 to 00:03:30.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a probe's task is kept before it and its workspace are deleted. Default one day.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00", ErrorMessage = "Navi:Probe:Keep must be from 01:00:00 to 30.00:00:00.")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(1);
}
