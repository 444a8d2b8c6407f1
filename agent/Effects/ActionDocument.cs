using System.Text.Json.Nodes;

namespace Navi.Agent.Effects;

/// <summary>The exact action that an approval is bound to, as the document whose canonical digest is kept.</summary>
internal static class ActionDocument
{
    /// <summary>A tool call: the same tool, arguments, repository, workspace commit and policy, or another action.</summary>
    public static JsonObject OfCall(LedgerRow call, string repository, string? commit) => new()
    {
        ["tool"] = call.Tool,
        ["arguments"] = JsonNode.Parse(call.Arguments),
        ["call"] = call.CallId,
        ["target"] = repository,
        ["commit"] = commit,
        ["policy"] = call.PolicyDigest,
    };

    /// <summary>Publishing: exactly this patch between exactly these commits.</summary>
    public static JsonObject OfPublication(string repository, string branch, string from, string to, string diffDigest, string policyDigest) => new()
    {
        ["tool"] = "publish_branch",
        ["target"] = repository,
        ["branch"] = branch,
        ["base"] = from,
        ["commit"] = to,
        ["diff"] = diffDigest,
        ["policy"] = policyDigest,
    };
}
