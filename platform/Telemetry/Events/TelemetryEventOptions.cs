using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry.Events;

/// <summary>Bounds of <c>POST /v1/telemetry</c>. Configuration section <c>Navi:Telemetry:Events</c>.</summary>
public sealed class TelemetryEventOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry:Events";

    /// <summary>Events that one user may send to this process in a minute; over it the answer is 429. Default 600.</summary>
    [Range(100, 1_000_000, ErrorMessage = "Navi:Telemetry:Events:UserEventsPerMinute must be from 100 to 1000000.")]
    public int UserEventsPerMinute { get; set; } = 600;

    /// <summary>Events that one organisation may send to this process in a minute; over it the answer is 429. Default 6,000.</summary>
    [Range(100, 10_000_000, ErrorMessage = "Navi:Telemetry:Events:OrganisationEventsPerMinute must be from 100 to 10000000.")]
    public int OrganisationEventsPerMinute { get; set; } = 6_000;

    /// <summary>
    /// Header in which the proxy before NAVI names who asks, such as <c>X-Azure-ClientIP</c> or <c>X-Forwarded-For</c>, of which the last entry counts. Only for a proxy that sets it in every request
    /// and that nobody can go round: else senders name themselves. Default none: the address of the connection counts, unless it is this machine's own, as that of a proxy beside NAVI is.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9-]{1,100}$", ErrorMessage = "Navi:Telemetry:Events:AddressHeader must be the name of a header.")]
    public string? AddressHeader { get; set; }

    /// <summary>How long events are kept. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Navi:Telemetry:Events:Keep must be from 1.00:00:00 to 3650.00:00:00.")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(90);
}
