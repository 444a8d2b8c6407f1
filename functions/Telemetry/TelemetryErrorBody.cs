using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Telemetry;

/// <summary>The error of an event.</summary>
/// <param name="Type">Kind, such as an exception's type.</param>
/// <param name="Message">In words.</param>
/// <param name="Stack">Where.</param>
internal sealed record TelemetryErrorBody(
    [property: RequiredMember, StringLength(100, MinimumLength = 1)] string? Type,
    [property: RequiredMember, StringLength(2_000, MinimumLength = 1)] string? Message,
    [property: StringLength(8_000)] string? Stack = null);
