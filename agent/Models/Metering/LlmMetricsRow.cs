using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Metering;

/// <summary>A started attempt's record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">UTC; with the id, the key of the partitioned table.</param>
/// <param name="Call">For whom the attempt is.</param>
/// <param name="Route">The model that is asked.</param>
internal sealed record LlmMetricsRow(Guid Id, DateTime CreatedAt, ModelCall Call, ModelRoute Route);
