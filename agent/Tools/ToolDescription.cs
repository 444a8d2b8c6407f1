using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>A tool as people and programs read it.</summary>
/// <param name="Name">As the model calls it.</param>
/// <param name="Family">What it belongs to: files, code, git and so on.</param>
/// <param name="Description">What it does.</param>
/// <param name="Effect">pure, workspace, idempotent, probeable or irreversible.</param>
/// <param name="Risk">low, medium or high.</param>
/// <param name="Phase">Where in a task it is mostly useful: explore, edit, verify or conclude; null for anywhere.</param>
/// <param name="TimeoutSeconds">Wall-clock bound of one call.</param>
/// <param name="OutputLimit">Characters of the result that the model is shown.</param>
/// <param name="Arguments">JSON schema.</param>
public sealed record ToolDescription(
    string Name, string Family, string Description, string Effect, string Risk, string? Phase, double TimeoutSeconds, int OutputLimit, JsonElement Arguments);
