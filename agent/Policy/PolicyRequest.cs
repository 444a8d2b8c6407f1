using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Policy;

/// <summary>One tool call as the policy reads it.</summary>
/// <param name="Tool">Name of the tool in the registry.</param>
/// <param name="Effect">The tool's effect class.</param>
/// <param name="Risk">The tool's risk.</param>
/// <param name="Arguments">The call's arguments; a string named <c>command</c> is read as a shell line.</param>
/// <param name="Sandboxed">Commands of this call run in the sandbox.</param>
/// <param name="NetworkOff">Commands of this call have no network.</param>
/// <param name="Repository">The task's repository, as the caller named it.</param>
/// <param name="Caller">Subject of the task's requester.</param>
/// <param name="ReadUntrusted">The task has read text that nobody vouches for.</param>
internal sealed record PolicyRequest(
    string Tool, EffectClass Effect, ToolRisk Risk, JsonElement Arguments, bool Sandboxed, bool NetworkOff, string Repository, string Caller,
    bool ReadUntrusted);
