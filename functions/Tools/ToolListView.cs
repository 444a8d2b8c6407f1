using Navi.Agent.Tools;

namespace Navi.Functions.Tools;

/// <summary>Answer of GET /v1/tools.</summary>
internal sealed record ToolListView(IReadOnlyList<ToolDescription> Items);
