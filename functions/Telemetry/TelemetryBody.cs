using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Telemetry;

/// <summary>Body of POST /v1/telemetry.</summary>
/// <param name="Events">1 to 100 events.</param>
internal sealed record TelemetryBody([property: RequiredMember, Description("1 to 100 events; all of them are stored, or none."), Length(1, 100)] IReadOnlyList<TelemetryEventBody>? Events);
