using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>One attempt at one call.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CallId">The call: [a-z0-9-], unique in the task.</param>
/// <param name="Attempt">The ledger's attempt number, from 1.</param>
/// <param name="Commit">The commit that the call starts from.</param>
/// <param name="Tool">Name in the registry.</param>
/// <param name="Arguments">As the model gave them.</param>
internal sealed record ToolCall(string TaskId, string CallId, int Attempt, string Commit, string Tool, JsonElement Arguments);
